using System.Diagnostics.Metrics;

namespace Chunnel.Engine;

/// <summary>
/// The cluster as SeaTunnel's dashboards draw it. There is no Hazelcast here: of its executors the thread pool and the timers have a
/// counterpart, the rest is 0; the node's state is one partition, and the node that decides owns it.
/// </summary>
public sealed partial class EngineMeter
{
    /// <summary>The version that dashboards of SeaTunnel filter by.</summary>
    private const string HazelcastVersion = "5.1";

    /// <summary>Runs whatever has no thread of its own: .NET's pool does here.</summary>
    private const string AsyncExecutor = "async";

    /// <summary>Runs what is due at a time: .NET's timers do here.</summary>
    private const string ScheduledExecutor = "scheduled";

    private static readonly string[] _executors = [AsyncExecutor, "client", "clientBlocking", "clientQuery", "io", "offloadable", ScheduledExecutor, "system"];

    private void AddCluster()
    {
        Gauge("cluster_info", "Cluster info", () => [Value(1, ("cluster", _node.Cluster), ("hazelcastVersion", HazelcastVersion), ("master", _node.Address))]);
        Gauge("cluster_time", "Cluster start time", () => [Value(_clock.GetUtcNow().ToUnixTimeMilliseconds(), ("cluster", _node.Cluster), ("hazelcastVersion", HazelcastVersion))]);
        Gauge("node_count", "Cluster node total count", () => [Value(1, ("cluster", _node.Cluster))]);
        Gauge("node_state", "Whether is up of seatunnel node", () => [OfNode(1)]);
        AddExecutors("executedCount", (executor, pool) => executor == AsyncExecutor ? pool.Completed : 0);
        AddExecutors("isShutdown", (_, _) => 0);
        AddExecutors("isTerminated", (_, _) => 0);
        AddExecutors("maxPoolSize", (executor, pool) => executor == AsyncExecutor ? pool.Most : 0);
        AddExecutors("poolSize", (executor, pool) => executor == AsyncExecutor ? pool.Threads : 0);
        AddExecutors("queueRemainingCapacity", (executor, _) => executor is AsyncExecutor or ScheduledExecutor ? int.MaxValue : 0);
        AddExecutors("queueSize", (executor, pool) => executor switch { AsyncExecutor => pool.Queued, ScheduledExecutor => pool.Timers, _ => 0 });
        Gauge("hazelcast_partition_partitionCount", "The partitionCount of seatunnel cluster node", () => [OfNode(1)]);
        Gauge("hazelcast_partition_activePartition", "The activePartition of seatunnel cluster node", () => [OfNode(_node.IsMaster ? 1 : 0)]);
        Gauge("hazelcast_partition_isClusterSafe", "Whether is cluster safe of partition", () => [OfNode(1)]);
        Gauge("hazelcast_partition_isLocalMemberSafe", "Whether is local member safe of partition", () => [OfNode(1)]);
    }

    private void AddExecutors(string what, Func<string, ThreadPoolFigures, double> read) => Gauge(
        $"hazelcast_executor_{what}",
        $"The hazelcast executor {what} of seatunnel cluster node",
        () =>
        {
            var pool = _monitor.Look().Pool;
            return _executors.Select(executor => Value(read(executor, pool), ("cluster", _node.Cluster), ("address", _node.Address), ("type", executor)));
        });

    private Measurement<double> OfNode(double value) => Value(value, ("cluster", _node.Cluster), ("address", _node.Address));
}
