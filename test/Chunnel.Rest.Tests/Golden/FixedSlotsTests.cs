using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Rest.Tests;

/// <summary>
/// Plays what was recorded of a server with three slots, a queue that waits, telemetry, a context path, the tag <c>zone=az1</c> and a log for
/// each job: one job runs, one waits, one is too big.
/// </summary>
public sealed class FixedSlotsTests
{
    private static readonly string[] _told = ["totalSlot", "unassignedSlot", "runningJobs", "finishedJobs", "failedJobs", "cancelledJobs", "workers"];

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Answers_like_a_real_server_with_three_slots(string face)
    {
        await using var node = await NodeUnderTest.StartAsync(settings =>
        {
            // What that server's script made beside the log.
            File.WriteAllText(Path.Combine(settings.LogsFolder, "seatunnel-server.out"), "started");
            return settings with
            {
                Slots = new SlotSettings { IsDynamic = false, Count = 3, Schedule = ScheduleStrategy.Wait },
                Tags = new Dictionary<string, string> { ["zone"] = "az1" },
                TellsMetrics = true,
                Http = settings.Http with { ContextPath = "/seatunnel" },
            };
        });
        var play = new Play(face, node);
        await play.AskAsync("context-itself", "context-slash", "nocontext-overview", "overview", "overview-tag", "overview-tag-other", "logs", "metrics", "openmetrics", "i-metrics", "i-metrics-query", "i-openmetrics");
        await play.OrderAsync("submit-1");
        await play.WaitAsync("alt1", "RUNNING");
        await play.AskAsync("overview-one");
        await play.OrderAsync("submit-2");
        await play.WaitAsync("alt2", "PENDING");
        await play.AskAsync("overview-two", "running-jobs", "job-info-pending", "log-list", "logs-job", "logs-job-html", "logs-jobfile", "log-jobfile", "i-metrics-running");
        await play.OrderAsync("stop-pending");
        await play.WaitAsync("alt2", "CANCELED");
        await play.AskAsync("job-info-pending-stopped");
        await play.OrderAsync("stop");
        await play.WaitAsync("alt1", "CANCELED");
        await play.AskAsync("finished-jobs");
        await play.OrderAsync("submit-big");
        await play.WaitAsync("toobig", "PENDING");
        await play.AskAsync("job-info-toobig");
        await play.OrderAsync("stop-toobig");
        await play.WaitAsync("toobig", "CANCELED");
        await play.AskAsync("job-info-toobig-stopped", "overview-end", "i-metrics-end");
        play.End();
    }

    /// <summary>The recorded exchanges, one after the other; what is wrong is told at the end.</summary>
    private sealed class Play(string face, NodeUnderTest node)
    {
        private readonly List<string> _wrong = [];
        private readonly HashSet<string> _asked = [];

        /// <summary>The id that was recorded and the one here, by the name of the job.</summary>
        private readonly Dictionary<string, (string Recorded, string Here)> _jobs = [];

        /// <summary>What this face was asked of them.</summary>
        public async Task AskAsync(params IReadOnlyList<string> names)
        {
            foreach (var recorded in names.SelectMany(name => Exchange.All(face).Where(one => one.Case == $"alt-{name}"))) await CompareAsync(face, recorded);
        }

        /// <summary>Orders were given to v2 alone.</summary>
        public async Task OrderAsync(string name)
        {
            var recorded = Exchange.Of("v2", $"alt-{name}");
            var answer = await CompareAsync("v2", recorded);
            if (answer.Json.TryGetProperty("jobName", out var job)) _jobs[job.GetString()!] = (recorded.AnswerJson.GetProperty("jobId").GetString()!, answer.Json.GetProperty("jobId").GetString()!);
        }

        public Task WaitAsync(string job, string state) => node.WaitAsync(_jobs[job].Here, state);

        public void End()
        {
            Exchange.All(face).Where(one => one.IsOfFixedSlots && !_asked.Contains(one.Case)).Select(one => one.Case).ShouldBeEmpty("all of it is played");
            if (_wrong.Count > 0) Assert.Fail($"{_wrong.Count} answers differ:\n{string.Join('\n', _wrong)}");
        }

        private async Task<Answer> CompareAsync(string asked, Exchange recorded)
        {
            _asked.Add(recorded.Case);
            foreach (var (there, here) in _jobs.Values) recorded = recorded.About(there, here);
            if (recorded.Job is not null) recorded = recorded.About(_jobs[recorded.AnswerJson.GetProperty("jobName").GetString()!].Here);
            var (port, host) = asked == "v1" ? (node.V1Port, "127.0.0.1:5801") : (node.Port, "127.0.0.1:8080");
            var answer = await recorded.ReplayAsync(port, host);
            var unlike = Comparison.Of(asked, recorded, answer).ToList();
            if (unlike.Count == 0 && Difference.All().All(row => !row.Is(asked, recorded.Case))) unlike.AddRange(UnlikeInside(recorded, answer).Select(what => $"{asked} {recorded.Case}: {what}"));
            _wrong.AddRange(unlike);
            return answer;
        }

        /// <summary>Pages are the same to the letter here, and so are the figures of the cluster.</summary>
        private static IEnumerable<string> UnlikeInside(Exchange recorded, Answer answer)
        {
            if (recorded.AnswerType?.StartsWith("text/html", StringComparison.Ordinal) == true && answer.Body != recorded.Answer) yield return $"{answer.Body} where it was {recorded.Answer}";
            if (!recorded.Target.Contains("/overview", StringComparison.Ordinal)) yield break;
            foreach (var name in _told)
            {
                var (here, there) = (answer.Json.GetProperty(name).GetString(), recorded.AnswerJson.GetProperty(name).GetString());
                if (here != there) yield return $"{name} is {here} where it was {there}";
            }
        }
    }
}
