using Chunnel.Config;
using Chunnel.Connectors.Fake;
using Chunnel.Control;
using Chunnel.Engine;
using Chunnel.Plugins;
using Microsoft.Extensions.Logging;

namespace Chunnel.Transforms.Tests.Providers;

/// <summary>Jobs that ask models, in a whole engine: what they cost is told, a cancel ends them at once, a barrier waits for a batch and no longer.</summary>
public sealed class ModelJobTests
{
    private static readonly TimeSpan _promptly = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_tells_what_the_model_cost()
    {
        await using var server = await ModelDouble.StartAsync(_ => Answered.Chat("[\"x\"]", 100, 2));
        await using var engine = new Running();
        var ended = await (await engine.SubmitAsync(server, rows: 10)).Ended.WaitAsync(Stop);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        ended.Metrics.Counts.Select(count => $"{count.Key} {count.Value}").ShouldBe(["ModelCompletionTokens 20", "ModelPromptTokens 1000", "ModelRequestCount 10"]);
    }

    [Fact]
    public async Task A_cancel_does_not_wait_for_an_answer()
    {
        var asked = new TaskCompletionSource();
        await using var server = await ModelDouble.StartAsync(async (_, stop) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return Answered.Chat("[]");
        });
        await using var engine = new Running();
        var handle = await engine.SubmitAsync(server, rows: 10);
        await asked.Task.WaitAsync(Stop);
        await engine.Engine.CancelAsync(handle.JobId, Stop);
        (await handle.Ended.WaitAsync(_promptly, Stop)).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact]
    public async Task A_savepoint_waits_for_the_batch_in_hand_and_not_for_the_rows_behind_it()
    {
        var asked = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var server = await ModelDouble.StartAsync(async (_, stop) =>
        {
            asked.TrySetResult();
            await goOn.Task.WaitAsync(stop);
            return Answered.Chat("[\"x\"]");
        });
        await using var engine = new Running();
        var handle = await engine.SubmitAsync(server, rows: 1000);
        await asked.Task.WaitAsync(Stop);
        var saving = engine.Engine.StopWithSavepointAsync(handle.JobId, Stop);
        goOn.SetResult();
        await saving;
        var ended = await handle.Ended.WaitAsync(Stop);
        ended.Status.ShouldBe(JobStatus.SavepointDone, ended.ErrorText);
        // Each batch has four requests for each of the four in flight; some may have gone by before the savepoint was asked for.
        ended.Metrics.Read.Rows.ShouldBeLessThan(1000);
        (ended.Metrics.Read.Rows % 16, ended.Metrics.Counts["ModelRequestCount"], ended.Metrics.Committed.Rows).ShouldBe((0, ended.Metrics.Read.Rows, ended.Metrics.Read.Rows));
    }

    [Fact]
    public void Keys_and_headers_are_secrets_of_the_job_wherever_they_stand()
    {
        var job = JobLoader.Load(new JobText("""
            env { job.mode = "BATCH" }
            source { FakeSource { plugin_output = a, schema { fields { id = int } } } }
            transform {
              LLM { plugin_input = a, plugin_output = b, model_provider = CUSTOM, model = m, prompt = p, api_path = "http://h/", custom_config { custom_request_headers { Authorization = "Bearer canary-one" }, custom_request_body { i = "x" }, custom_response_parse = "$.a" } }
              Embedding { plugin_input = b, plugin_output = c, model_provider = QIANFAN, model = m, api_key = canary-two, secret_key = canary-three, vectorization_fields { v = id } }
            }
            sink { Console { plugin_input = c } }
            """, JobFormat.Hocon));
        JobSecrets.Of(job, new PluginRegistry(TransformPlugins.Plugins)).Hide("said Bearer canary-one, canary-two and canary-three").ShouldBe("said ******, ****** and ******");
    }

    /// <summary>An engine that forgets what it says.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly NodeLogs _logs = new(null, "", new Silence(), TimeProvider.System);

        public Running() => Engine = new ChunnelEngine(new EngineSettings { MemoryBytes = 64 << 20 }, new PluginRegistry([.. FakeConnector.Plugins, .. TransformPlugins.Plugins]), _logs, TimeProvider.System);

        public ChunnelEngine Engine { get; }

        public Task<JobHandle> SubmitAsync(ModelDouble server, int rows) => Engine.SubmitAsync(new JobSubmission
        {
            Definition = JobLoader.Load(new JobText($$"""
                env { job.mode = "BATCH" }
                source { FakeSource { row.num = {{rows}}, schema { fields { id = int } } } }
                transform { LLM { model_provider = OPENAI, model = m, prompt = p, api_key = k, api_path = "{{server.Address}}" } }
                sink { Assert { rules { row_rules = [ { rule_type = MIN_ROW, rule_value = 0 } ] } } }
                """, JobFormat.Hocon)),
        }, Stop);

        public async ValueTask DisposeAsync()
        {
            await Engine.DisposeAsync();
            _logs.Dispose();
        }
    }

    private sealed class Silence : ILineSink
    {
        public void Write(LogLevel level, string line)
        {
            // Nobody reads it.
        }
    }
}
