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
            CheckpointType.Savepoint or CheckpointType.PassingSavepoint => "savepoint",
            CheckpointType.CompletedPoint => "completed-point",
            CheckpointType.SchemaChangeBefore => "schema-change-before-point",
            CheckpointType.SchemaChangeAfter => "schema-change-after-point",
            _ => throw new UnreachableException($"No name for {type}."),
        };

        /// <summary>The pipeline ends with it.</summary>
        public bool Ends => type is CheckpointType.Savepoint or CheckpointType.CompletedPoint;

        /// <summary>A person asked for it.</summary>
        public bool IsSavepoint => type is CheckpointType.Savepoint or CheckpointType.PassingSavepoint;
    }
}
