namespace Chunnel.Engine;

/// <summary>What a vertex of a job can be told to do: nanoseconds, or rows.</summary>
public enum Work
{
    /// <summary>Time in which a source reads and decodes.</summary>
    SourceRead,

    /// <summary>Time in which a source has nothing to read, or may not.</summary>
    SourceIdle,

    TransformProcess,
    TransformRowsIn,
    TransformRowsOut,

    SinkWrite,
    SinkRowsIn,
    SinkPrepareCommit,
    SinkCommit,
    SinkAbort,
}
