using Chunnel.Core;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>Decimals of more places than their column has, in every format that writes them as text: rounded and counted, or refused.</summary>
public sealed class PrecisionLossTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Formats => new()
    {
        { "csv", "", "1,2.345\n2,2.3400\n3,-0.005\n" },
        { "csv", "\"compress_codec\": \"none\", ", "1,\"2.345\"\r\n2,2.34\n3,-5e-3" },
        { "text", "\"field_delimiter\": \",\", ", "1,2.345\n2,2.34\n3,-0.005\n" },
        { "json", "", "{\"id\":1,\"d\":2.345}\n{\"id\":2,\"d\":\"2.34\"}\n{\"id\":3,\"d\":\"-0.005\"}\n" },
        { "xml", "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": true, ", "<R><A id=\"1\" d=\"2.345\"/><A id=\"2\" d=\"2.34\"/><A id=\"3\" d=\"-0.005\"/></R>" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Digits_that_do_not_fit_are_rounded_counted_and_told_of(string format, string options, string text)
    {
        _folder.Write($"in/f.{format}", text);
        await using var source = await Jobs.SourceAsync(Settings(format, options));
        var run = await SourceRun.StartAsync(source, 1);
        (await run.ToEndAsync()).Single().ShouldBe(["1|2.35", "2|2.34", "3|-0.01"], ignoreOrder: false, customMessage: format);
        await run.DisposeAsync();
        run.Warnings.ShouldHaveSingleItem().ShouldBe($"2 decimal values of '{_folder[$"in/f.{format}"]}' have more places than their columns and were rounded. precision_loss = fail stops the job instead.");
        run.Skipped.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Or_the_job_fails_and_names_the_place(string format, string options, string text)
    {
        _folder.Write($"in/f.{format}", text);
        var error = await Should.ThrowAsync<ChunnelException>(() => Jobs.ReadAsync(Settings(format, options + "\"precision_loss\": \"fail\", ")));
        error.Message.ShouldContain("'2.345' has more digits than decimal(10, 2) keeps");
        error.Message.ShouldContain($"f.{format}:1:");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Or_the_row_is_left_out(string format, string options, string text)
    {
        _folder.Write($"in/f.{format}", text);
        (await Jobs.ReadAsync(Settings(format, options + "\"precision_loss\": \"fail\", \"bad_rows\": \"skip\", "))).ShouldBe(["2|2.34"]);
    }

    private string Settings(string format, string options) =>
        $$"""{ "path": "{{_folder["in"]}}", "file_format_type": "{{format}}", {{options}} "schema": { "fields": { "id": "int", "d": "decimal(10, 2)" } } }""";
}
