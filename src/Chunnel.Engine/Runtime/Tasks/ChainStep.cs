using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>A transform of one subtask.</summary>
/// <param name="Transform">What it does.</param>
/// <param name="Name"><c>Transform[0]-Sql</c></param>
/// <param name="Refused">What becomes of rows that it refuses.</param>
internal sealed record ChainStep(ITransform Transform, string Name, RefusedRows Refused);
