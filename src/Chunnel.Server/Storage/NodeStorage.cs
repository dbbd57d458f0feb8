using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Server;

/// <summary>
/// What a node keeps outside of its process. A file or a folder it holds for itself: of two nodes that were given the same place, the second
/// does not start. A bucket cannot be held: there the second takes the log over, and the first stops.
/// </summary>
public sealed class NodeStorage : IDisposable
{
    /// <summary>How long a bucket has to answer when a node starts.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IDisposable? _lock;

    private NodeStorage(EngineStorage engine, IDisposable? held) => (Engine, _lock) = (engine, held);

    /// <summary>For the engine, which disposes it.</summary>
    public EngineStorage Engine { get; }

    /// <exception cref="ChunnelException">The place cannot be reached or written, another node has it, or it is no place for a control log.</exception>
    public static async Task<NodeStorage> OpenAsync(StorageSettings settings, string cluster, ShadeSet shades, ILogger log, TimeProvider clock, CancellationToken stop)
    {
        var control = await OpenControlAsync(settings, cluster, log, clock, stop);
        var checkpoints = OpenCheckpoints(settings, log, clock);
        return new NodeStorage(
            new EngineStorage { Log = control.Medium, LogSettings = new ControlLogSettings { Linger = settings.Linger }, Checkpoints = checkpoints, Shades = shades },
            control.Lock);
    }

    /// <summary>The checkpoints alone: for whoever looks at them, or runs a job here and now.</summary>
    public static CheckpointStore OpenCheckpoints(StorageSettings settings, ILogger log, TimeProvider clock) =>
        new(settings.CheckpointBucket is { } bucket ? new S3Medium(bucket) : new FolderMedium(settings.CheckpointFolder, clock), settings.MaxRetained, log);

    public void Dispose() => _lock?.Dispose();

    private static async Task<ControlStore> OpenControlAsync(StorageSettings settings, string cluster, ILogger log, TimeProvider clock, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            if (settings.CheckpointBucket is { } bucket) await LookAsync(bucket, either.Token);
            return await ControlStore.OpenAsync(settings, cluster, log, clock, either.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new StorageException($"{settings.CheckpointBucket} does not answer within {Patience.TotalSeconds:0} seconds.", late)
            {
                Mend = "Look whether fs.s3a.endpoint is right, and the way to it open.",
            };
        }
    }

    /// <summary>A bucket that is not there, or not for this node, is told at the start, not at the first checkpoint.</summary>
    private static async Task LookAsync(S3Place place, CancellationToken stop)
    {
        await using var bucket = new S3Medium(place);
        await bucket.ListAsync("look/", stop);
    }
}
