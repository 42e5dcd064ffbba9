import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * A HAPI FHIR R4 JPA server for tests: in-memory H2, loopback only, forgets everything when it stops.
 * Usage: java -cp ... HapiServer [port]. Prints a line starting with READY when it answers.
 */
public class HapiServer {

  @Configuration
  @Import({
    JpaR4Config.class, HapiJpaConfig.class, JpaBatch2Config.class, Batch2JobsConfig.class,
    SubscriptionChannelConfig.class, ThreadPoolFactoryConfig.class
  })
  public static class Config {
    @Bean
    public DataSource dataSource() {
      BasicDataSource source = new BasicDataSource();
      source.setUrl("jdbc:h2:mem:hapi;DB_CLOSE_DELAY=-1");
      source.setUsername("sa");
      source.setPassword("");
      source.setMaxTotal(20);
      return source;
    }

    @Bean
    public JpaStorageSettings storageSettings() {
      JpaStorageSettings settings = new JpaStorageSettings();
      // By default equal searches are answered from a 60 s cache: tests must see their own writes.
      settings.setReuseCachedSearchResultsForMillis(null);
      settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ANY);
      settings.setResourceServerIdStrategy(JpaStorageSettings.IdStrategyEnum.UUID);
      // A chart that refers to a resource of this server which does not exist is refused when it is loaded.
      settings.setEnforceReferentialIntegrityOnWrite(true);
      settings.setAllowExternalReferences(true);
      settings.setEnableTaskPreExpandValueSets(false);
      return settings;
    }

    @Bean
    public PartitionSettings partitionSettings() {
      return new PartitionSettings();
    }

    @Bean
    public SubscriptionSettings subscriptionSettings() {
      return new SubscriptionSettings();
    }

    @Bean
    @Primary
    public LocalContainerEntityManagerFactoryBean entityManagerFactory(
        DataSource source, ConfigurableListableBeanFactory beans, FhirContext fhir, JpaStorageSettings settings) {
      LocalContainerEntityManagerFactoryBean factory =
          HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, settings);
      factory.setPersistenceUnitName("HAPI_PU");
      factory.setDataSource(source);
      Properties properties = new Properties();
      properties.put("hibernate.dialect", HapiFhirH2Dialect.class.getName());
      properties.put("hibernate.hbm2ddl.auto", "update");
      properties.put("hibernate.jdbc.batch_size", "20");
      properties.put("hibernate.search.enabled", "false");
      factory.setJpaProperties(properties);
      return factory;
    }

    @Bean
    @Primary
    public JpaTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }
  }

  public static void main(String[] args) throws Exception {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 18080;
    AnnotationConfigApplicationContext app = new AnnotationConfigApplicationContext(Config.class);
    RestfulServer fhir = fhirServer(app);
    keepJobsGoing(app.getBean(IJobMaintenanceService.class));
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    jetty.addConnector(connector);
    ServletContextHandler handler = new ServletContextHandler();
    handler.setContextPath("/");
    handler.addServlet(new ServletHolder(fhir), "/fhir/*");
    jetty.setHandler(handler);
    jetty.start();
    System.out.println("READY http://127.0.0.1:" + port + "/fhir");
    jetty.join();
  }

  /** Each step of a bulk export is taken up by a maintenance pass; by default there is one a minute. */
  private static void keepJobsGoing(IJobMaintenanceService jobs) {
    Thread passes = new Thread(() -> {
      while (true) {
        try {
          Thread.sleep(500);
          jobs.forceMaintenancePass();
        } catch (InterruptedException e) {
          return;
        } catch (RuntimeException e) {
          System.err.println("maintenance pass: " + e);
        }
      }
    });
    passes.setDaemon(true);
    passes.start();
  }

  @SuppressWarnings("unchecked")
  private static RestfulServer fhirServer(AnnotationConfigApplicationContext app) {
    IFhirSystemDao<Bundle, Meta> systemDao = app.getBean(IFhirSystemDao.class);
    RestfulServer fhir = new RestfulServer(systemDao.getContext());
    fhir.registerProviders(app.getBean(ResourceProviderFactory.class).createProviders());
    fhir.registerProvider(app.getBean(IJpaSystemProvider.class));
    fhir.registerProvider(app.getBean(BulkDataExportProvider.class));
    fhir.setDefaultResponseEncoding(EncodingEnum.JSON);
    // HAPI's own public defaults: 20 rows unless asked, silently cut to 200. Clients must follow the next links.
    DatabaseBackedPagingProvider paging = app.getBean(DatabaseBackedPagingProvider.class);
    paging.setDefaultPageSize(20);
    paging.setMaximumPageSize(200);
    fhir.setPagingProvider(paging);
    JpaCapabilityStatementProvider capabilities = new JpaCapabilityStatementProvider(
        fhir, systemDao, app.getBean(JpaStorageSettings.class), app.getBean(ISearchParamRegistry.class),
        app.getBean(IValidationSupport.class));
    capabilities.setImplementationDescription("HAPI FHIR R4 test server");
    fhir.setServerConformanceProvider(capabilities);
    return fhir;
  }
}
