using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Llm;
using Chunnel.Transforms.Tests.Tables;

namespace Chunnel.Transforms.Tests.Providers;

/// <summary>The transform LLM against a double of a provider (transforms.md 69, 70, 71, 72, 73, 74, 75).</summary>
public sealed class LlmTests
{
    private const string Key = "sk-a-key-that-nobody-may-see";

    private static readonly TableSchema People = new(TablePath.Parse("db.people"), [new ColumnDef("id", DataType.Int), new ColumnDef("name", DataType.String)]);

    [Fact] // 69, 70
    public async Task A_request_has_the_prompt_and_the_row_and_its_answer_is_the_column()
    {
        await using var server = await ModelDouble.StartAsync(_ => Answered.Chat("[\"Chinese\"]"));
        var asking = new Asking(new LlmPlugin(), Settings(server, "OPENAI"));
        var rows = await asking.ApplyAsync(People, new BoxedRow(RowKind.UpdateAfter, [1, "Jia \"Fan\" é"]));
        rows.ShouldBe([new BoxedRow(RowKind.UpdateAfter, [1, "Jia \"Fan\" é", "Chinese"])]);
        asking.Lineage!.Columns[^1].Expression.ShouldBe("LLM(id, name)");
        asking.Table!.Columns[^1].ShouldBe(new ColumnDef("llm_output", DataType.String));
        var asked = server.Requests.ShouldHaveSingleItem();
        asked.Path.ShouldBe("/v1/chat/completions");
        asked.Headers["Authorization"].ShouldBe($"Bearer {Key}");
        asked.Headers["Content-Type"].ShouldBe("application/json");
        asked.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["model", "messages"]);
        asked.Json.GetProperty("model").GetString().ShouldBe("m-1");
        var messages = asked.Json.GetProperty("messages");
        messages.EnumerateArray().Select(message => message.GetProperty("role").GetString()).ShouldBe(["system", "user"]);
        messages[0].GetProperty("content").GetString().ShouldStartWith("Where are they from?\n");
        messages[0].GetProperty("content").GetString()!.ShouldContain("of the type STRING");
        messages[1].GetProperty("content").GetString().ShouldBe("""[{"id":1,"name":"Jia \"Fan\" é"}]""");
    }

    [Theory] // 71
    [InlineData("INT", "[\"42\"]", 42)]
    [InlineData("INT", "[42]", 42)]
    [InlineData("BIGINT", "[\"-9000000000\"]", -9000000000L)]
    [InlineData("DOUBLE", "[\"1.5\"]", 1.5)]
    [InlineData("boolean", "[\"TRUE\"]", true)]
    [InlineData("BOOLEAN", "[false]", false)]
    [InlineData("STRING", "[{\"a\": 1}]", "{\"a\": 1}")]
    [InlineData("STRING", "[null]", null)]
    [InlineData("STRING", "```json\n[\"x\"]\n```", "x")]
    public async Task An_answer_has_the_type_that_is_asked_for(string type, string content, object? value)
    {
        await using var server = await ModelDouble.StartAsync(_ => Answered.Chat(content));
        var rows = await new Asking(new LlmPlugin(), Settings(server, "OPENAI", $", \"output_data_type\": \"{type}\", \"output_column_name\": \"a\"")).ApplyAsync(People, new BoxedRow(1, "x"));
        rows.ShouldBe([new BoxedRow(1, "x", value)]);
    }

    [Theory]
    [InlineData("INT", "[\"many\"]", "it answered 'many', which is no int")]
    [InlineData("INT", "[\"3000000000\"]", "it answered '3000000000', which is no int")]
    [InlineData("BOOLEAN", "[\"yes\"]", "it answered 'yes', which is no boolean")]
    [InlineData("STRING", "I am sorry", "it answered with something that is no JSON array: I am sorry")]
    [InlineData("STRING", "[\"a\",\"b\"]", "it gave 2 answers for 1 rows: [\"a\",\"b\"]")]
    public async Task An_answer_that_does_not_fit_fails_its_row(string type, string content, string why)
    {
        await using var server = await ModelDouble.StartAsync(asked => Answered.Chat(asked.Rows[0].GetProperty("id").GetInt32() == 2 ? content : type == "BOOLEAN" ? "[true]" : "[7]"));
        var settings = Settings(server, "OPENAI", $", \"output_data_type\": \"{type}\"");
        var failed = await Should.ThrowAsync<ChunnelException>(() => new Asking(new LlmPlugin(), settings).ApplyAsync(People, new BoxedRow(1, "x"), new BoxedRow(2, "y")));
        failed.Code.Id.ShouldBe("CHUNNEL-72");
        failed.What.ShouldBe($"Failed to inference model with row: {why}: column 'llm_output' in 'LLM', table 'db.people', row 2.");
        var skipping = new Asking(new LlmPlugin(), settings.Replace("\"model\"", "\"row_error_handle_way\": \"SKIP\", \"model\"", StringComparison.Ordinal));
        (await skipping.ApplyAsync(People, new BoxedRow(1, "x"), new BoxedRow(2, "y"))).ShouldHaveSingleItem().Values[0].ShouldBe(1);
        skipping.Skipped.ShouldHaveSingleItem().Reason.ShouldContain(why);
    }

    [Theory] // 72
    [InlineData(401, "CHUNNEL-71", "Is 'api_key' one that")]
    [InlineData(404, "CHUNNEL-71", "Is there such a model")]
    [InlineData(429, "CHUNNEL-70", "model_requests_per_minute")]
    [InlineData(503, "CHUNNEL-70", "model_retry_max_attempts")]
    [InlineData(302, "CHUNNEL-71", "redirects are not followed with a key")]
    public async Task What_a_provider_refuses_ends_the_job_and_shows_no_key(int status, string code, string mend)
    {
        await using var server = await ModelDouble.StartAsync(asked => new Answered(status, $"no, {asked.Headers["Authorization"]}", ("Location", "/elsewhere")));
        var failed = await Should.ThrowAsync<ChunnelException>(() => new Asking(new LlmPlugin(), Settings(server, "OPENAI")).ApplyAsync(People, new BoxedRow(1, "x")));
        failed.Code.Id.ShouldBe(code);
        failed.What.ShouldStartWith($"Failed to chat with model, response: HTTP {status}");
        failed.What.ShouldEndWith("no, Bearer ******");
        failed.Mend!.ShouldContain(mend);
        failed.ToString().ShouldNotContain(Key);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact] // 73
    public async Task Only_the_columns_that_are_named_are_shown()
    {
        await using var server = await ModelDouble.StartAsync(_ => Answered.Chat("[\"x\"]"));
        await new Asking(new LlmPlugin(), Settings(server, "OPENAI", ", \"inference_columns\": [\"name\"]")).ApplyAsync(People, new BoxedRow(1, "a"));
        server.Requests[0].Rows.GetRawText().ShouldBe("""[{"name":"a"}]""");
        (await Transforming.RefusedAsync(new LlmPlugin(), Settings(server, "OPENAI", ", \"inference_columns\": [\"nam\"]"), People)).Code.Id.ShouldBe("TRANSFORM_COMMON-02");
    }

    [Fact] // 74
    public async Task A_column_that_exists_is_refused() =>
        (await Transforming.RefusedAsync(new LlmPlugin(), """{ "model_provider": "OPENAI", "model": "m", "prompt": "p", "api_key": "k", "output_column_name": "name" }""", People))
            .What.ShouldBe("llm inference field name name already exists");

    [Fact] // 75
    public async Task A_custom_provider_is_asked_as_the_job_says()
    {
        await using var server = await ModelDouble.StartAsync(_ => new Answered(200, """{ "out": [ { "text": "[\"Chinese\"]" } ] }"""));
        var asking = new Asking(new LlmPlugin(), $$"""
            {
              "model_provider": "CUSTOM", "model": "m-1", "prompt": "Where from?", "openai.api_path": "{{server.Address}}/any?x=1", "model_request_timeout_ms": 3600000,
              "custom_config": {
                "custom_response_parse": "$.out[*].text",
                "custom_request_headers": { "Content-Type": "application/vnd.any+json", "X-Key": "{{Key}}" },
                "custom_request_body": { "m": "${model}", "t": 0.2, "deep": [ { "p": "say: ${prompt}" }, { "i": "${input}" } ], "d": "${user:nobody}", "stream": false, "n": null }
              }
            }
            """);
        (await asking.ApplyAsync(People, new BoxedRow(1, "a"))).ShouldBe([new BoxedRow(1, "a", "Chinese")]);
        var asked = server.Requests.ShouldHaveSingleItem();
        asked.Path.ShouldBe("/any?x=1");
        (asked.Headers["Content-Type"], asked.Headers["X-Key"], asked.Headers.ContainsKey("Authorization")).ShouldBe(("application/vnd.any+json", Key, false));
        var body = asked.Json;
        body.GetProperty("m").GetString().ShouldBe("m-1");
        body.GetProperty("t").GetRawText().ShouldBe("0.2");
        body.GetProperty("deep")[0].GetProperty("p").GetString().ShouldStartWith("say: Where from?");
        body.GetProperty("deep")[1].GetProperty("i").GetString().ShouldBe("""[{"id":1,"name":"a"}]""");
        (body.GetProperty("d").GetString(), body.GetProperty("stream").ValueKind, body.GetProperty("n").ValueKind).ShouldBe(("nobody", JsonValueKind.False, JsonValueKind.Null));
    }

    [Fact]
    public async Task A_custom_answer_may_stand_there_as_it_is()
    {
        await using var server = await ModelDouble.StartAsync(_ => new Answered(200, """{ "text": "Chinese" }"""));
        var asking = new Asking(new LlmPlugin(), $$"""
            { "model_provider": "CUSTOM", "model": "m", "prompt": "p", "api_path": "{{server.Address}}", "custom_request_body": { "i": "${input}" }, "custom_response_parse": "$.text", "model_request_timeout_ms": 3600000 }
            """);
        (await asking.ApplyAsync(People, new BoxedRow(1, "a"))).ShouldBe([new BoxedRow(1, "a", "Chinese")]);
    }

    [Fact]
    public async Task Microsoft_has_the_model_in_its_address()
    {
        await using var server = await ModelDouble.StartAsync(_ => Answered.Chat("[\"x\"]"));
        await new Asking(new LlmPlugin(), Settings(server, "MICROSOFT", path: "/deployments/${model}/chat?v=1")).ApplyAsync(People, new BoxedRow(1, "a"));
        var asked = server.Requests.ShouldHaveSingleItem();
        (asked.Path, asked.Headers["Authorization"]).ShouldBe(("/deployments/m-1/chat?v=1", $"Bearer {Key}"));
        asked.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["messages"]);
    }

    [Theory]
    [InlineData("OPENAI", "https://api.openai.com/v1/chat/completions")]
    [InlineData("DOUBAO", "https://ark.cn-beijing.volces.com/api/v3/chat/completions")]
    [InlineData("KIMIAI", "https://api.moonshot.cn/v1/chat/completions")]
    [InlineData("DEEPSEEK", "https://api.deepseek.com/chat/completions")]
    [InlineData("ZHIPU", "https://open.bigmodel.cn/api/paas/v4/chat/completions")]
    public void Each_provider_has_its_address_and_wants_a_key(string provider, string address)
    {
        ChatProvider.Named(provider).Address.ShouldBe(address);
        Transforming.Wrong(new LlmPlugin(), $$"""{ "model_provider": "{{provider}}", "model": "m", "prompt": "p" }""")
            .ShouldHaveSingleItem().ShouldBe($"There are unconfigured options, the options('api_key') are required because ['model_provider' == {provider}] is true.");
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        Transforming.Wrong(new LlmPlugin(), """{ "model_provider": "MICROSOFT", "model_retry_max_attempts": 0, "api_key": "k" }""").ShouldBe(
        [
            "There are unconfigured options, the options('model', 'prompt') are required.",
            "The value 0 of 'model_retry_max_attempts' must be at least 1.",
            "There are unconfigured options, the options('api_path') are required because ['model_provider' == MICROSOFT] is true.",
        ]);
        Transforming.Wrong(new LlmPlugin(), """{ "model_provider": "CUSTOM", "model": "m", "prompt": "p", "api_path": "file:///x", "custom_config": { "custom_response_parse": "a" } }""").ShouldBe(
        [
            "An address begins with http:// or https://. The option is 'api_path'.",
            "The value of 'custom_response_parse' cannot be read: it does not begin with $. A path is made of $, .name, ['name'], [number] and [*].",
            "There are unconfigured options, the options('custom_request_body') are required because ['model_provider' == CUSTOM] is true.",
        ]);
    }

    [Fact]
    public async Task Rows_keep_their_order_while_several_requests_are_in_flight()
    {
        var all = new TaskCompletionSource();
        var waiting = 0;
        await using var server = await ModelDouble.StartAsync(async (asked, stop) =>
        {
            // The first four wait for each other, and the first one for all of them.
            if (Interlocked.Increment(ref waiting) == 4) all.SetResult();
            await all.Task.WaitAsync(stop);
            return Answered.Chat(JsonSerializer.Serialize(asked.Rows.EnumerateArray().Select(row => row.GetProperty("id").GetInt32() * 10)));
        });
        var rows = Enumerable.Range(1, 50).Select(id => new BoxedRow(id, "x")).ToArray();
        var asking = new Asking(new LlmPlugin(), Settings(server, "OPENAI", ", \"process_batch_size\": 3, \"output_data_type\": \"INT\""));
        (await asking.ApplyAsync(People, rows)).ShouldBe(Enumerable.Range(1, 50).Select(id => new BoxedRow(id, "x", id * 10)));
        (server.Requests.Count, server.MostInFlight, asking.BatchRows).ShouldBe((17, 4, 48));
    }

    [Fact]
    public async Task Rows_whose_answers_are_too_few_are_asked_about_one_by_one()
    {
        await using var server = await ModelDouble.StartAsync(asked => Answered.Chat(asked.Rows.GetArrayLength() > 1 ? "[\"only one\"]" : $"[\"{asked.Rows[0].GetProperty("name").GetString()}!\"]"));
        var asking = new Asking(new LlmPlugin(), Settings(server, "OPENAI", ", \"process_batch_size\": 10"));
        (await asking.ApplyAsync(People, new BoxedRow(1, "a"), new BoxedRow(2, "b"))).ShouldBe([new BoxedRow(1, "a", "a!"), new BoxedRow(2, "b", "b!")]);
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_with_patience_and_counted()
    {
        var answers = new Queue<Answered>([new(500, ""), new(429, "slow down", ("Retry-After", "7")), new(503, ""), new(504, "")]);
        await using var server = await ModelDouble.StartAsync(_ => answers.TryDequeue(out var next) ? next : Answered.Chat("[\"x\"]", 100, 20));
        var asking = new Asking(new LlmPlugin(), Settings(server, "OPENAI", ", \"model_retry_max_attempts\": 5, \"model_retry_backoff_ms\": 1000, \"model_retry_max_backoff_ms\": 3000"));
        (await asking.ApplyAsync(People, new BoxedRow(1, "a"))).ShouldBe([new BoxedRow(1, "a", "x")]);
        var waits = asking.Clock.Waits;
        waits.Count.ShouldBe(4);
        waits[0].TotalMilliseconds.ShouldBeInRange(500, 1000);
        waits[1].ShouldBe(TimeSpan.FromSeconds(7));
        waits[2].TotalMilliseconds.ShouldBeInRange(1500, 3000);
        waits[3].TotalMilliseconds.ShouldBeInRange(1500, 3000);
        asking.Counts.OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}").ShouldBe(["ModelCompletionTokens 20", "ModelPromptTokens 100", "ModelRequestCount 5", "ModelRetryCount 4"]);
    }

    [Fact]
    public async Task Tries_end_and_a_provider_that_wants_too_long_is_not_waited_for()
    {
        await using var server = await ModelDouble.StartAsync(asked => new Answered(429, "", asked.Path == "/long" ? [("Retry-After", "3600")] : []));
        var tired = await Should.ThrowAsync<ChunnelException>(() => new Asking(new LlmPlugin(), Settings(server, "OPENAI", ", \"model_retry_max_attempts\": 3", "/short")).ApplyAsync(People, new BoxedRow(1, "a")));
        tired.What.ShouldStartWith("Failed to chat with model after 3 tries, response: HTTP 429");
        var tooLong = await Should.ThrowAsync<ChunnelException>(() => new Asking(new LlmPlugin(), Settings(server, "OPENAI", ", \"model_retry_max_attempts\": 3", "/long")).ApplyAsync(People, new BoxedRow(1, "a")));
        tooLong.What.ShouldStartWith("Failed to chat with model (it wants 3600 s before the next try), response: HTTP 429");
        server.Requests.Count(asked => asked.Path == "/long").ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_there_and_no_answer_in_time_are_worth_another_try()
    {
        string gone;
        await using (var server = await ModelDouble.StartAsync(_ => Answered.Chat("[]"))) gone = Settings(server, "OPENAI", ", \"model_retry_max_attempts\": 2");
        (await Should.ThrowAsync<ChunnelException>(() => new Asking(new LlmPlugin(), gone).ApplyAsync(People, new BoxedRow(1, "a")))).Code.Id.ShouldBe("CHUNNEL-70");
        await using var hanging = await ModelDouble.StartAsync(async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return Answered.Chat("[]");
        });
        // Below an hour the clock lets every limit pass at once.
        var late = await Should.ThrowAsync<ChunnelException>(() => new Asking(new LlmPlugin(), Settings(hanging, "OPENAI").Replace("3600000", "20000", StringComparison.Ordinal)).ApplyAsync(People, new BoxedRow(1, "a")));
        late.What.ShouldBe("Failed to chat with model, response: no answer within 20000 ms");
    }

    [Fact]
    public async Task Limits_hold_requests_and_tokens_back()
    {
        await using var server = await ModelDouble.StartAsync(_ => Answered.Chat("[\"x\"]", 500, 100));
        BoxedRow[] rows = [.. Enumerable.Range(1, 5).Select(id => new BoxedRow(id, "a"))];
        var requests = new Asking(new LlmPlugin(), Settings(server, "OPENAI", ", \"model_parallel_requests\": 1, \"model_requests_per_minute\": 30"));
        await requests.ApplyAsync(People, rows);
        requests.Clock.Waits.ShouldBe(Enumerable.Repeat(TimeSpan.FromSeconds(2), 4));
        requests.BatchRows.ShouldBe(4);
        var tokens = new Asking(new LlmPlugin(), Settings(server, "OPENAI", ", \"model_parallel_requests\": 1, \"model_tokens_per_minute\": 600"));
        await tokens.ApplyAsync(People, rows);
        tokens.Clock.Waits.Count.ShouldBe(4);
        tokens.Clock.Waits.ShouldAllBe(wait => Math.Abs(wait.TotalSeconds - 60) < 0.001);
    }

    private static string Settings(ModelDouble server, string provider, string more = "", string path = "/v1/chat/completions") => $$"""
        {
          "model_provider": "{{provider}}", "model": "m-1", "prompt": "Where are they from?", "api_key": "{{Key}}", "api_path": "{{server.Address}}{{path}}",
          "model_request_timeout_ms": 3600000{{more}}
        }
        """;
}
