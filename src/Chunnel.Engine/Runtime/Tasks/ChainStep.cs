using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>A transform of one subtask.</summary>
/// <param name="Transform">What it does.</param>
/// <param name="Name"><c>Transform[0]-Sql</c></param>
/// <param name="Refused">What becomes of rows that it refuses.</param>
/// <param name="Work">Counts what its vertex does: the same for neighbours that are one chain of the job's graph.</param>
internal sealed record ChainStep(ITransform Transform, string Name, RefusedRows Refused, VertexWork Work);
