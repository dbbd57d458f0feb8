using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Which checkpoints of a job somebody asks for.</summary>
/// <param name="PipelineId">Of this pipeline alone; null is all.</param>
/// <param name="Limit">So many at most, the last ones; 0 or less is all that are kept.</param>
/// <param name="Outcome">Those that went so; null is all.</param>
internal sealed record CheckpointQuery(int? PipelineId, int Limit, CheckpointOutcome? Outcome)
{
    private const int UsualLimit = 20;

    /// <exception cref="RestRefusal">A number is none, or the word is no outcome.</exception>
    public static CheckpointQuery Of(QueryParameters query) =>
        new(query.Number(WireNames.PipelineId), query.Number("limit") ?? UsualLimit, query[WireNames.Status] is { } word ? OutcomeOf(word) : null);

    /// <summary>The last one first.</summary>
    public IEnumerable<(int PipelineId, PastCheckpoint Checkpoint)> Find(JobView job)
    {
        var found =
            from pipeline in job.Pipelines
            where PipelineId is null || pipeline.Id == PipelineId
            from checkpoint in pipeline.Checkpoints.History.Past
            where Outcome is null || checkpoint.Outcome == Outcome
            orderby checkpoint.TriggeredAt descending
            select (pipeline.Id, checkpoint);
        return Limit > 0 ? found.Take(Limit) : found;
    }

    private static CheckpointOutcome OutcomeOf(string word)
    {
        var outcomes = Enum.GetValues<CheckpointOutcome>();
        var at = Array.FindIndex(outcomes, outcome => outcome.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? outcomes[at] : throw RestRefusal.BadRequest($"'{word}' is no outcome of a checkpoint. There are {string.Join(", ", outcomes.Select(outcome => outcome.Name))}.");
    }
}
