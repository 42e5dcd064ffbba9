export default function setUp(): Promise<void>;
export function startCluster(): void;
export function stopCluster(): void;
