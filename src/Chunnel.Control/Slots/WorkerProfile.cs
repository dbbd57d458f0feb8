using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>A worker as it describes itself (engine.md 8.1).</summary>
public sealed record WorkerProfile
{
    /// <summary><c>host:port</c></summary>
    public required string Address { get; init; }

    /// <summary>Higher with every start of the process: what an earlier one held is gone, what it still says is ignored.</summary>
    public required long Instance { get; init; }

    /// <summary>How many slots it has; null: as many as are asked for.</summary>
    public required int? SlotCount { get; init; }

    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Its load now; null where it is not measured.</summary>
    public SystemLoad? Load { get; init; }

    /// <summary>Whether it carries every tag of a filter with the same value (engine.md 8.2).</summary>
    public bool Carries(IReadOnlyDictionary<string, string> filter)
    {
        foreach (var (name, value) in filter)
        {
            if (!Tags.TryGetValue(name, out var own) || own != value) return false;
        }
        return true;
    }
}
