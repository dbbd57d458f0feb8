using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>Everything that a caller may order. Both faces of REST give their orders here.</summary>
/// <param name="engine">Carries them out.</param>
/// <param name="shades">What secrets of jobs may be encrypted with.</param>
/// <param name="log">The node's log.</param>
public sealed class JobOrders(ChunnelEngine engine, ShadeSet shades, ILogger log)
{
    /// <summary>Takes a job: reads, checks and plans it, then starts it. A job that runs already under its id goes on as it is.</summary>
    /// <exception cref="RestRefusal">The request is at fault before the job is looked at.</exception>
    /// <exception cref="ChunnelException">All that is wrong with the job.</exception>
    internal async Task<AcceptedJob> SubmitAsync(SubmitRequest request, CancellationToken stop)
    {
        if (request.StartsFromSavepoint && string.IsNullOrEmpty(request.JobId)) throw RestRefusal.BadRequest(WireTexts.SavepointNeedsJobId);
        if (string.IsNullOrWhiteSpace(request.Text)) throw RestRefusal.BadRequest(WireTexts.BodyEmpty);
        if (request.Format == JobFormat.Json) JsonBody.ReadObject(request.Text);
        long? jobId = string.IsNullOrEmpty(request.JobId) ? null : WireTypes.ParseId(request.JobId);
        var definition = Read(request);
        var handle = await engine.SubmitAsync(
            new JobSubmission { Definition = definition, Name = request.Name, JobId = jobId, StartsFromSavepoint = request.StartsFromSavepoint },
            stop);
        var name = definition.Env.NameFor(request.Name);
        log.Submitted(handle.JobId, name);
        return new AcceptedJob(handle.JobId, name);
    }

    /// <summary>Ends a job. One that is not there, or has ended, is no mistake: whoever asked has what they wanted.</summary>
    internal async Task StopAsync(StopRequest request, CancellationToken stop)
    {
        var answer = request.WithSavepoint
            ? await engine.StopWithSavepointAsync(request.JobId, stop)
            : await engine.CancelAsync(request.JobId, stop);
        if (answer is null) log.NothingToStop(request.JobId);
    }

    /// <summary>Replaces all tags of this node; an empty object leaves none. Values become text, null the empty one (spec rest-api.md 9).</summary>
    internal void UpdateTags(SettingsObject tags) => engine.UpdateTags(tags.Entries.ToDictionary(
        tag => tag.Key,
        tag => tag.Value is SettingsScalar { Kind: ScalarKind.Null } ? "" : JavaText.Of(tag.Value),
        StringComparer.Ordinal));

    private JobDefinition Read(SubmitRequest request)
    {
        var (definition, problems) = JobLoader.TryLoad(new JobText(request.Text, request.Format) { Shades = shades });
        if (definition is null) throw new ProblemsException([.. problems.Where(problem => problem.Severity == Severity.Error)]);
        var checks = engine.Planner.Check(definition);
        var wrong = checks.Where(problem => problem.Severity == Severity.Error).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
        foreach (var warning in problems.Concat(checks)) log.JobWarning(warning.ToString());
        return definition;
    }
}
