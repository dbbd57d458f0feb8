using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>What a transform of a plan tells of its tables; empty where it does not tell.</summary>
public sealed record StepLineage(TransformStep Step, IReadOnlyList<TableLineage> Tables);
