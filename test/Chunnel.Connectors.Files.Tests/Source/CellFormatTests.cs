using Chunnel.Core;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>spec connectors.md 72, 73: xml and excel.</summary>
public sealed class CellFormatTests : IDisposable
{
    private const string Schema = "\"schema\": { \"fields\": { \"id\": \"bigint\", \"name\": \"string\", \"note\": \"string\" } }";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("spec", "connectors.md 73")]
    [Trait("case", "xml-attributes-and-tags")]
    public async Task Xml_rows_are_attributes_or_children()
    {
        _folder.Write("in/f.xml", "<?xml version=\"1.0\"?>\n<R>\n <A id=\"9\" name=\"a &amp; b\" note=\"\"/>\n <A id=\"2\" name=\"ï\"/>\n</R>");
        (await ReadAsync("xml", Schema, "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": true")).ShouldBe(["9|a & b|", "2|ï|NULL"]);
        _folder.Write("in/f.xml", "<R><A>\n <id> 9 </id><name>a &amp; b</name><note></note></A><x><A><name><![CDATA[<n>]]>!</name><id>2</id><other><id>7</id></other></A></x><A/></R>");
        (await ReadAsync("xml", Schema, "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": false")).ShouldBe(["9|a & b|", "2|<n>!|NULL", "NULL|NULL|NULL"]);
        (await ReadAsync("xml", Schema, "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": false, \"read_columns\": [\"name\"]")).ShouldBe(["a & b", "<n>!", "NULL"]);
    }

    [Fact]
    public async Task Damaged_xml_names_file_line_column_and_value()
    {
        _folder.Write("in/f.xml", "<R>\n<A id=\"1\"/>\n<A id=\"x\"/>\n</R>");
        var wrong = (await Should.ThrowAsync<ChunnelException>(() => ReadAsync("xml", Schema, "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": true"))).Message;
        wrong.ShouldContain("f.xml:3:");
        wrong.ShouldContain("'id'");
        wrong.ShouldContain("'x'");
        (await ReadAsync("xml", Schema, "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": true, \"bad_rows\": \"skip\"")).ShouldBe(["1|NULL|NULL"]);
        _folder.Write("in/f.xml", "<R>\n<A id=\"1\">\n</R>");
        (await Should.ThrowAsync<ChunnelException>(() => ReadAsync("xml", Schema, "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": true"))).Message.ShouldContain("f.xml:3:");
    }

    [Fact]
    public async Task Xml_that_names_other_files_is_refused()
    {
        _folder.Write("in/f.xml", "<!DOCTYPE R [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><R><A id=\"1\" name=\"&e;\"/></R>");
        await Should.ThrowAsync<ChunnelException>(() => ReadAsync("xml", Schema, "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": true"));
    }

    [Fact]
    public void Xml_asks_for_its_options() =>
        new LocalFileSource().Check(Jobs.Settings(Settings("xml"))).Select(problem => problem.What).ShouldBe(
        [
            "There are unconfigured options, the options('schema') are required because ['file_format_type' == xml] is true.",
            "There are unconfigured options, the options('xml_row_tag', 'xml_use_attr_format') are required because ['file_format_type' == xml] is true.",
        ]);

    [Fact]
    public async Task Reading_xml_goes_on_with_the_very_next_row()
    {
        const int Rows = 10_000;
        _folder.Write("in/f.xml", $"<R>{string.Concat(Enumerable.Range(0, Rows).Select(i => $"<A id=\"{i}\"/>"))}</R>");
        await using var source = await Jobs.SourceAsync(Settings("xml", Schema, "\"xml_row_tag\": \"A\", \"xml_use_attr_format\": true"));
        List<string> rows = [];
        await using var first = await SourceRun.StartAsync(source, 1);
        await first.StepAsync(0, rows);
        rows.Count.ShouldBeInRange(1, Rows - 1);
        await using var second = await SourceRun.StartAsync(source, 1, first.Snapshot());
        rows.AddRange((await second.ToEndAsync())[0]);
        rows.ShouldBe(Enumerable.Range(0, Rows).Select(i => $"{i}|NULL|NULL"));
    }

    [Fact]
    [Trait("spec", "connectors.md 72")]
    [Trait("case", "excel-mixed-cells-in-a-text-column")]
    public async Task Excel_cells_become_text_without_points_and_exponents()
    {
        _folder.Write("in/f.xlsx", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "mixed-cells.xlsx")));
        const string Columns = "\"schema\": { \"fields\": { \"code\": \"string\", \"data\": \"string\" } }, \"skip_header_row_number\": 1";
        (await ReadAsync("excel", Columns)).ShouldBe(["12|abc", "x7|1.5", "13800138000|true", "00012|0.1"]);
        (await Should.ThrowAsync<ChunnelException>(() => ReadAsync("excel", Columns, "\"sheet_name\": \"nope\""))).Message.ShouldContain("has no sheet 'nope'");
    }

    [Fact]
    public async Task A_file_that_is_no_excel_is_named()
    {
        _folder.Write("in/f.xls", "no excel at all");
        (await Should.ThrowAsync<ChunnelException>(() => ReadAsync("excel", Schema))).Message.ShouldContain("f.xls");
    }

    private Task<IReadOnlyList<string>> ReadAsync(string format, params string[] more) => Jobs.ReadAsync(Settings(format, more));

    private string Settings(string format, params string[] more) =>
        $$"""{ "path": "{{_folder["in"]}}", "file_format_type": "{{format}}" {{string.Concat(more.Select(option => ", " + option))}} }""";
}
