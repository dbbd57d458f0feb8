using Chunnel.Config;

namespace Chunnel.Engine;

/// <summary>What of an engine outlives its process. An engine without it forgets everything when it ends.</summary>
public sealed record EngineStorage : IAsyncDisposable
{
    /// <summary>Where the control log lies. The engine disposes it.</summary>
    public required ILogMedium Log { get; init; }

    public ControlLogSettings LogSettings { get; init; } = new();

    /// <summary>Where checkpoints lie. The engine disposes it.</summary>
    public required CheckpointStore Checkpoints { get; init; }

    /// <summary>What the secrets of jobs in the log may be encrypted with.</summary>
    public required ShadeSet Shades { get; init; }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Checkpoints.DisposeAsync();
    }
}
