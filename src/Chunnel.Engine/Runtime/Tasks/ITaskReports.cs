using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>What tasks tell the one who coordinates their pipeline. Calls return at once.</summary>
internal interface ITaskReports
{
    /// <summary>The reader has nothing more to read.</summary>
    void ReadyToClose(TaskLocation task);

    /// <summary>The reader has come to a change of a schema and holds it.</summary>
    void SchemaChangeFound(TaskLocation task);

    /// <summary>The reader has handed the change on, behind a complete checkpoint.</summary>
    void SchemaChangePassed(TaskLocation task);

    /// <summary>The task has taken its snapshot for the checkpoint.</summary>
    void Acknowledged(TaskLocation task, long checkpointId, TaskSnapshot snapshot);
}
