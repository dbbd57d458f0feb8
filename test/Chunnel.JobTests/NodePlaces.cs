namespace Chunnel.JobTests;

/// <summary>Where a node keeps things, if not in its folder, and what its process runs within.</summary>
/// <param name="Checkpoints">The folder of checkpoints.</param>
/// <param name="ControlLog">The file of the control log.</param>
internal sealed record NodePlaces(string? Checkpoints = null, string? ControlLog = null)
{
    /// <summary>A command that runs the command that follows it.</summary>
    public IReadOnlyList<string> Around { get; init; } = [];
}
