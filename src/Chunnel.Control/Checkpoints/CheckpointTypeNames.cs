using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>How REST spells it (engine.md 6.1).</summary>
public static class CheckpointTypeNames
{
    extension(CheckpointType type)
    {
        public string Name => type switch
        {
            CheckpointType.Checkpoint => "checkpoint",
            CheckpointType.Savepoint => "savepoint",
            CheckpointType.CompletedPoint => "completed-point",
            _ => throw new UnreachableException($"No name for {type}."),
        };
    }
}
