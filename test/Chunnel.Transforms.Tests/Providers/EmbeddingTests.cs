using System.Text.Json;
using Chunnel.Core;
using Chunnel.TestKit;
using Chunnel.Transforms.Embedding;
using Chunnel.Transforms.Providers;
using Chunnel.Transforms.Tests.Tables;

namespace Chunnel.Transforms.Tests.Providers;

/// <summary>The transform Embedding against a double of a provider (transforms.md 76, 77, 78, 79).</summary>
public sealed class EmbeddingTests
{
    private const string Key = "key-that-nobody-may-see";
    private const string Secret = "secret-that-nobody-may-see";

    private static readonly TableSchema Books = new(TablePath.Parse("db.books"), [new ColumnDef("id", DataType.Int), new ColumnDef("intro", DataType.String), new ColumnDef("image", DataType.Bytes)]);

    private static readonly DataType Vectors = DataType.Vector(TypeKind.FloatVector);

    [Fact] // 76
    public async Task Vectors_are_columns_by_the_names_of_the_map()
    {
        await using var server = await ModelDouble.StartAsync(asked => Answered.Vectors([asked.Json.GetProperty("input").GetString()!.Length, 0.5f]));
        var asking = new Asking(new EmbeddingPlugin(), Settings(server, "OPENAI", "\"v\": \"intro\", \"id\": \"id\""));
        var rows = await asking.ApplyAsync(Books, Row(7, "abc"), Row(12, null));
        asking.Lineage!.Columns[^1].Expression.ShouldBe("EMBEDDING(intro)");
        asking.Table!.Columns.Select(column => (column.Name, column.Type)).ShouldBe([("id", Vectors), ("intro", DataType.String), ("image", DataType.Bytes), ("v", Vectors)]);
        rows.ShouldBe([new BoxedRow(Floats(1, 0.5f), "abc", null, Floats(3, 0.5f)), new BoxedRow(Floats(2, 0.5f), null, null, null)]);
        server.Requests.Select(asked => asked.Body).Order(StringComparer.Ordinal).ShouldBe(["""{"model":"m-1","input":"12"}""", """{"model":"m-1","input":"7"}""", """{"model":"m-1","input":"abc"}"""]);
        server.Requests.ShouldAllBe(asked => asked.Headers["Authorization"] == $"Bearer {Key}" && asked.Path == "/v1/embeddings");
        asking.Counts["ModelPromptTokens"].ShouldBe(15);
    }

    [Fact] // 77
    public void OpenAi_takes_one_input_a_request() => Transforming.Wrong(new EmbeddingPlugin(),
        """{ "model_provider": "OPENAI", "model": "m", "api_key": "k", "single_vectorized_input_number": 2, "vectorization_fields": { "v": "intro" } }""")
        .ShouldHaveSingleItem().ShouldBe("OpenAI model only supports single input");

    [Theory] // 78
    [InlineData("DOUBAO", "", "", "The number of vectors is not equal to the number of inputs: 1 for 2.")]
    [InlineData("ZHIPU", ", \"dimension\": 3", "", "The number of vectors is not equal to the number of inputs: 1 for 2.")]
    [InlineData("ZHIPU", ", \"dimension\": 3", "1", "A vector has 2 numbers, and 'dimension' says 3.")]
    public async Task Vectors_that_do_not_match_are_refused(string provider, string more, string second, string why)
    {
        await using var server = await ModelDouble.StartAsync(_ => second.Length == 0 ? Answered.Vectors([1, 2]) : Answered.Vectors([1, 2], [3, 4]));
        var failed = await Should.ThrowAsync<ChunnelException>(() =>
            new Asking(new EmbeddingPlugin(), Settings(server, provider, "\"v\": \"intro\"", $", \"single_vectorized_input_number\": 2{more}")).ApplyAsync(Books, Row(1, "a"), Row(2, "b")));
        (failed.Code.Id, failed.What).ShouldBe(("CHUNNEL-72", why));
    }

    [Theory]
    [InlineData("DOUBAO", "")]
    [InlineData("ZHIPU", ""","dimensions":2""")]
    public async Task A_list_of_inputs_goes_over_rows_and_its_vectors_come_back_to_them(string provider, string tail)
    {
        await using var server = await ModelDouble.StartAsync(asked =>
        {
            var inputs = asked.Json.GetProperty("input").EnumerateArray().Select(input => input.GetString()!).ToList();
            // In any order: their numbers tell.
            return new Answered(200, JsonSerializer.Serialize(new { data = inputs.Select((text, index) => new { index, embedding = new[] { text.Length, 1.25 } }).Reverse() }));
        });
        var asking = new Asking(new EmbeddingPlugin(), Settings(server, provider, "\"v\": \"intro\"", ", \"single_vectorized_input_number\": 3, \"model_parallel_requests\": 1" + (tail.Length > 0 ? ", \"dimension\": 2" : "")));
        var rows = await asking.ApplyAsync(Books, Row(1, "a"), Row(2, null), Row(3, "ccc"), Row(4, "dddd"), Row(5, "eeeee"));
        rows.Select(row => row.Values[^1]).ShouldBe([Floats(1, 1.25f), null, Floats(3, 1.25f), Floats(4, 1.25f), Floats(5, 1.25f)]);
        server.Requests.Select(asked => asked.Body).ShouldBe([$$"""{"model":"m-1","input":["a","ccc","dddd"]{{tail}}}""", $$"""{"model":"m-1","input":["eeeee"]{{tail}}}"""]);
    }

    [Fact] // 79
    public async Task Qianfan_gives_a_token_first_and_again_when_it_ends()
    {
        var given = 0;
        await using var server = await ModelDouble.StartAsync(asked => asked.Path.StartsWith("/token", StringComparison.Ordinal)
            ? new Answered(200, $$"""{ "access_token": "t{{++given}}", "expires_in": 3600 }""")
            : Answered.Vectors([1]));
        var settings = Settings(server, "QIANFAN", "\"v\": \"intro\"", $", \"secret_key\": \"{Secret}\", \"oauth_path\": \"{server.Address}/token\", \"model_parallel_requests\": 1");
        await new Asking(new EmbeddingPlugin(), settings).ApplyAsync(Books, Row(1, "a"), Row(2, "b"));
        server.Requests.Select(asked => asked.Path).ShouldBe(
        [
            $"/token?grant_type=client_credentials&client_id={Key}&client_secret={Secret}",
            "/v1/embeddings/m-1?access_token=t1",
            "/v1/embeddings/m-1?access_token=t1",
        ]);
        server.Requests[1].Body.ShouldBe("""{"input":["a"]}""");
    }

    [Fact]
    public async Task A_token_that_is_refused_shows_no_key()
    {
        await using var server = await ModelDouble.StartAsync(asked => new Answered(200, $$"""{ "error": "unknown {{Key}}" }"""));
        var failed = await Should.ThrowAsync<ChunnelException>(() =>
            new Asking(new EmbeddingPlugin(), Settings(server, "QIANFAN", "\"v\": \"intro\"", $", \"secret_key\": \"{Secret}\", \"oauth_path\": \"{server.Address}/token\"")).ApplyAsync(Books, Row(1, "a")));
        failed.What.ShouldBe("""Failed to obtain an access token, response: { "error": "unknown ******" }""");
    }

    [Theory]
    [InlineData("amazon.titan-embed-text-v2:0", "amazon.titan-embed-text-v2%3A0", """{"inputText":"a","dimensions":2}""", """{ "embedding": [1, 2], "inputTextTokenCount": 4 }""")]
    [InlineData("cohere.embed-english-v3", "cohere.embed-english-v3", """{"texts":["a"],"input_type":"search_document"}""", """{ "embeddings": [[1, 2]] }""")]
    public async Task Bedrock_is_asked_with_a_signature(string model, string path, string body, string answer)
    {
        await using var server = await ModelDouble.StartAsync(_ => new Answered(200, answer));
        var settings = Settings(server, "AMAZON", "\"v\": \"intro\"", $", \"secret_key\": \"{Secret}\", \"aws_region\": \"eu-west-1\", \"dimension\": 2").Replace("m-1", model, StringComparison.Ordinal).Replace("/v1/embeddings", "", StringComparison.Ordinal);
        var rows = await new Asking(new EmbeddingPlugin(), settings).ApplyAsync(Books, Row(1, "a"));
        rows.ShouldHaveSingleItem().Values[^1].ShouldBe(Floats(1, 2));
        var asked = server.Requests.ShouldHaveSingleItem();
        // The server decodes what it shows.
        asked.Path.ShouldBe($"/model/{Uri.UnescapeDataString(path)}/invoke");
        asked.Body.ShouldBe(body);
        asked.Headers["Authorization"].ShouldStartWith($"AWS4-HMAC-SHA256 Credential={Key}/");
        asked.Headers["Authorization"].ShouldContain("/eu-west-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=");
    }

    /// <summary>The case "post-vanilla" of Amazon's published tests of signatures.</summary>
    [Fact]
    public void A_signature_is_as_Amazon_computes_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/") { Content = new ByteArrayContent([]) };
        AwsSignature.Sign(request, "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service", new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        request.Headers.GetValues("Authorization").Single().ShouldBe(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    [Fact]
    public async Task A_custom_provider_is_asked_as_the_job_says()
    {
        await using var server = await ModelDouble.StartAsync(_ => new Answered(200, """{ "out": [ { "v": [1, 2] }, { "v": [3, 4] } ] }"""));
        var asking = new Asking(new EmbeddingPlugin(), Settings(server, "CUSTOM", "\"v\": \"intro\"", """
            , "single_vectorized_input_number": 2, "custom_config": { "custom_response_parse": "$.out[*].v", "custom_request_headers": { "X-Key": "abcdef" }, "custom_request_body": { "m": "${model}", "i": ["${input}"] } }
            """));
        var rows = await asking.ApplyAsync(Books, Row(1, "a"), Row(2, "b"));
        rows.Select(row => row.Values[^1]).ShouldBe([Floats(1, 2), Floats(3, 4)]);
        (server.Requests[0].Body, server.Requests[0].Headers["X-Key"]).ShouldBe(("""{"m":"m-1","i":["a","b"]}""", "abcdef"));
    }

    [Fact]
    public async Task Doubao_sees_images_and_videos()
    {
        await using var server = await ModelDouble.StartAsync(_ => new Answered(200, """{ "data": { "embedding": [1, 2] } }"""));
        var asking = new Asking(new EmbeddingPlugin(), Settings(server, "DOUBAO", """
            "t": "intro", "u": { "field": "intro", "format": "url" }, "m": { "field": "intro", "modality": "mp4", "format": "url" }, "b": { "field": "image", "modality": "jpeg", "format": "binary" }
            """, ", \"single_vectorized_input_number\": 4, \"model_parallel_requests\": 1"));
        await asking.ApplyAsync(Books, new BoxedRow(1, "http://h/a.PNG?x=1", new BoxedBytes([1, 2, 3])));
        server.Requests.Select(asked => asked.Json.GetProperty("input").GetRawText()).ShouldBe(
        [
            """[{"type":"text","text":"http://h/a.PNG?x=1"}]""",
            """[{"type":"image_url","image_url":{"url":"http://h/a.PNG?x=1"}}]""",
            """[{"type":"video_url","video_url":{"url":"http://h/a.PNG?x=1"}}]""",
            """[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,AQID"}}]""",
        ]);
    }

    [Theory]
    [InlineData("OPENAI", "https://api.openai.com/v1/embeddings", "'api_key'")]
    [InlineData("DOUBAO", "https://ark.cn-beijing.volces.com/api/v3/embeddings", "'api_key'")]
    [InlineData("QIANFAN", "https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop/embeddings", "'api_key', 'secret_key'")]
    [InlineData("ZHIPU", "https://open.bigmodel.cn/api/paas/v4/embeddings", "'api_key'")]
    [InlineData("AMAZON", null, "'api_key', 'secret_key', 'aws_region'")]
    public void Each_provider_has_its_address_and_wants_its_keys(string provider, string? address, string needs)
    {
        EmbeddingProvider.Named(provider).Address.ShouldBe(address);
        Transforming.Wrong(new EmbeddingPlugin(), $$"""{ "model_provider": "{{provider}}", "model": "m", "vectorization_fields": { "v": "intro" } }""")
            .ShouldHaveSingleItem().ShouldBe($"There are unconfigured options, the options({needs}) are required because ['model_provider' == {provider}] is true.");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_at_once()
    {
        Transforming.Wrong(new EmbeddingPlugin(), """
            { "model_provider": "OPENAI", "model": "m", "api_key": "k", "vectorization_fields": { "a": { "field": "image", "format": "binary" }, "b": { "modality": "jpg" }, "c": { "field": "u", "format": "url" } } }
            """).ShouldBe(
        [
            "'a' is made of binary data, whose modality nothing tells.",
            "There are unconfigured options, the options('field') are required.",
            "These options('modality') are SingleChoiceOption, the value(jpg) must be one of the optionValues([text, jpeg, png, gif, webp, bmp, tiff, ico, icns, sgi, jpeg2000, mp4, avi, mov]).",
            "'c' is made of no text, which OPENAI cannot do.",
        ]);
        const string doubao = """{ "model_provider": "DOUBAO", "model": "m", "api_key": "k", "vectorization_fields": """;
        (await Transforming.RefusedAsync(new EmbeddingPlugin(), doubao + """{ "v": "intr" } }""", Books)).Code.Id.ShouldBe("TRANSFORM_COMMON-02");
        (await Transforming.RefusedAsync(new EmbeddingPlugin(), doubao + """{ "v": { "field": "intro", "format": "binary", "modality": "png" } } }""", Books)).Code.Id.ShouldBe("COMMON-07");
    }

    [Fact]
    public async Task An_answer_without_vectors_says_what_it_is()
    {
        await using var server = await ModelDouble.StartAsync(_ => new Answered(200, """{ "error_code": 17, "error_msg": "daily limit" }"""));
        var failed = await Should.ThrowAsync<ChunnelException>(() => new Asking(new EmbeddingPlugin(), Settings(server, "OPENAI", "\"v\": \"intro\"")).ApplyAsync(Books, Row(1, "a")));
        failed.What.ShouldBe("""Failed to get vector from text, response: it has no vectors where they should stand: { "error_code": 17, "error_msg": "daily limit" }""");
    }

    private static BoxedRow Row(int id, string? intro) => new(id, intro, null);

    private static BoxedBytes Floats(params float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return new BoxedBytes(bytes);
    }

    private static string Settings(ModelDouble server, string provider, string fields, string more = "") => $$"""
        {
          "model_provider": "{{provider}}", "model": "m-1", "api_key": "{{Key}}", "api_path": "{{server.Address}}/v1/embeddings", "vectorization_fields": { {{fields}} },
          "model_request_timeout_ms": 3600000{{more}}
        }
        """;
}
