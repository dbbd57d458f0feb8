using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>
/// Whose state it is, in words that outlive a plan (engine.md 6.6): a later run finds it by the name of the plug-in in its pipeline, also
/// with another parallelism.
/// </summary>
/// <param name="Vertex"><c>pipeline-1 [Source[0]-FakeSource]</c></param>
/// <param name="Kind">What the task does.</param>
/// <param name="Subtask">From 0; 0 for a coordinator.</param>
public readonly record struct TaskKey(string Vertex, TaskKind Kind, int Subtask)
{
    /// <summary>The key of a task of this plan.</summary>
    public static TaskKey Of(PipelinePlan pipeline, PlannedPipeline planned, TaskLocation task)
    {
        var group = planned.TaskGroups[planned.IndexOf(task.Group.TaskGroupId)];
        var kind = group.Tasks[task.Task].Kind;
        return kind switch
        {
            TaskKind.Enumerator or TaskKind.Reader => new(pipeline.SourceVertex, kind, group.Index),
            TaskKind.Writer => new(pipeline.Targets[task.Task - 1].Vertex, kind, group.Index),
            _ => new(CommittedBy(pipeline, planned, group).Vertex, kind, 0),
        };
    }

    /// <summary>The sink that an aggregated committer belongs to: committers stand in the order of their sinks.</summary>
    public static SinkPath CommittedBy(PipelinePlan pipeline, PlannedPipeline planned, PlannedTaskGroup committer)
    {
        var number = planned.TaskGroups.Where(group => group.Kind == TaskGroupKind.AggregatedCommitter).TakeWhile(group => group.Id != committer.Id).Count();
        return pipeline.Targets.Where(sink => sink.HasAggregatedCommitter).ElementAt(number);
    }
}
