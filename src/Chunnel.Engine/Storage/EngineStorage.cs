using Chunnel.Config;

namespace Chunnel.Engine;

/// <summary>What of an engine outlives its process. An engine without it forgets everything when it ends.</summary>
public sealed record EngineStorage : IAsyncDisposable
{
    /// <summary>Where the control log lies. The engine disposes it.</summary>
    public required ILogMedium Log { get; init; }

    public ControlLogSettings LogSettings { get; init; } = new();

    /// <summary>What the secrets of jobs in the log may be encrypted with.</summary>
    public required ShadeSet Shades { get; init; }

    public ValueTask DisposeAsync() => Log.DisposeAsync();
}
