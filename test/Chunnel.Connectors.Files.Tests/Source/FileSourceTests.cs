using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Files.Tests;

public sealed class FileSourceTests : IDisposable
{
    private const string IdName = "\"schema\": { \"fields\": { \"id\": \"int\", \"name\": \"string\" } }";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("spec", "connectors.md 59, 60")]
    public async Task All_files_below_a_folder_are_read_but_marks_and_empty_ones()
    {
        _folder.Write("in/a.csv", "1,ann\n");
        _folder.Write("in/deep/er/b.csv", "2,bob");
        _folder.Write("in/_SUCCESS", "9,no");
        _folder.Write("in/.c.csv", "9,no");
        _folder.Write("in/empty.csv", "");
        (await ReadAsync("csv", IdName)).ShouldBe(["1|ann", "2|bob"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 61")]
    public async Task A_pattern_chooses_files()
    {
        _folder.Write("in/a1.csv", "1,a");
        _folder.Write("in/b1.csv", "2,b");
        (await ReadAsync("csv", IdName, "\"file_filter_pattern\": \"a.*\"")).ShouldBe(["1|a"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 62")]
    public async Task Partition_folders_become_columns()
    {
        _folder.Write("in/dt=2024-05-01/hr=7/f", "1,a\n2,b");
        _folder.Write("in/dt=2024-05-02/hr=__HIVE_DEFAULT_PARTITION__/f", "3,c");
        await using var source = await Jobs.SourceAsync(Settings("csv", IdName));
        source.Tables[0].Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe(["id int", "name string", "dt string", "hr string"]);
        (await ReadAsync("csv", IdName)).ShouldBe(["1|a|2024-05-01|7", "2|b|2024-05-01|7", "3|c|2024-05-02|NULL"]);
        (await ReadAsync("csv", IdName, "\"parse_partition_from_path\": false")).ShouldBe(["1|a", "2|b", "3|c"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 63")]
    public async Task Chosen_columns_come_in_their_order()
    {
        _folder.Write("in/k=v/f", "1,a");
        (await ReadAsync("csv", IdName, "\"read_columns\": [\"k\", \"name\", \"id\"]")).ShouldBe(["v|a|1"]);
        (await ReadAsync("csv", IdName, "\"read_columns\": [\"name\"]")).ShouldBe(["a|v"]);
        var error = await Should.ThrowAsync<ChunnelException>(() => ReadAsync("csv", IdName, "\"read_columns\": [\"nam\"]"));
        error.Message.ShouldContain("Did you mean 'name'?");
    }

    [Theory]
    [InlineData("|")]
    [InlineData("\\\\|")]
    [Trait("spec", "connectors.md 64")]
    [Trait("case", "text-pipe-on-both-sides")]
    public async Task A_delimiter_is_taken_literally(string delimiter)
    {
        _folder.Write("in/f", "1|a.b\n2|c d\n");
        (await ReadAsync("text", IdName, $"\"field_delimiter\": \"{delimiter}\"")).ShouldBe(["1|a.b", "2|c d"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 65")]
    public async Task Header_rows_are_left_out_in_each_file()
    {
        _folder.Write("in/a", "id,name\n1,a\n");
        _folder.Write("in/b", "id,name\n2,b\n");
        (await ReadAsync("csv", IdName, "\"skip_header_row_number\": 1")).ShouldBe(["1|a", "2|b"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 66")]
    [Trait("case", "csv-gbk")]
    public async Task Another_encoding_is_read()
    {
        _folder.Write("in/f", Convert.FromHexString("b1e0bac52cc3fbb3c60a312cd5c5c8fd0a322cd55cd0c57cb9abcbbe0a"));
        (await ReadAsync("csv", IdName, "\"encoding\": \"gbk\", \"skip_header_row_number\": 1")).ShouldBe(["1|张三", "2|誠信|公司"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 67")]
    public async Task Nested_separators_are_read()
    {
        _folder.Write("in/f", "1\u00012\u00023\u0001a\u0003x\u0002b\u0003y\n");
        (await ReadAsync("text", "\"schema\": { \"fields\": { \"id\": \"int\", \"l\": \"array<int>\", \"m\": \"map<string, string>\" } }")).ShouldHaveSingleItem().ShouldStartWith("1|[2, 3]|");
    }

    [Fact]
    [Trait("spec", "connectors.md 68")]
    public async Task Quoted_delimiters_and_line_breaks_stay()
    {
        _folder.Write("in/f", "1,\"a,b\"\n2,\"two\nlines\"\n3,\n4,\"\"\n");
        (await ReadAsync("csv", IdName)).ShouldBe(["1|a,b", "2|two\nlines", "3|NULL", "4|"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 69")]
    public async Task Missing_json_fields_are_null()
    {
        _folder.Write("in/f", "{\"id\":1}\n{\"name\":\"b\",\"x\":2}\n");
        (await ReadAsync("json", IdName)).ShouldBe(["1|NULL", "NULL|b"]);
    }

    [Fact]
    [Trait("case", "json-pretty-printed-array")]
    public async Task A_pretty_printed_array_is_read()
    {
        _folder.Write("in/f", "[\n  {\n    \"id\": 1,\n    \"name\": \"lee\"\n  },\n  {\n    \"id\": 2,\n    \"name\": \"wang\"\n  }\n]\n");
        (await ReadAsync("json", IdName)).ShouldBe(["1|lee", "2|wang"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 75")]
    public async Task Zip_members_are_read_as_files()
    {
        using (var bytes = new MemoryStream())
        {
            using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            {
                Add(zip, "a.csv", "1,a\n");
                Add(zip, "sub/b", "2,b");
                Add(zip, "empty", "");
                Add(zip, "__MACOSX/._a.csv", "9,no");
            }
            _folder.Write("in/f.zip", bytes.ToArray());
        }
        (await ReadAsync("csv", IdName, "\"archive_compress_codec\": \"ZIP\"")).ShouldBe(["1|a", "2|b"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 75")]
    [Trait("case", "tar-gz-members-without-extension")]
    public async Task Tar_gz_members_are_read_whatever_they_are_called()
    {
        _folder.Write("in/f.tar.gz", TarGz(("part1", "1,a\n2,b\n"), ("dir/part2.log", "3,c"), ("none", "")));
        (await ReadAsync("csv", IdName, "\"archive_compress_codec\": \"TAR_GZ\"")).ShouldBe(["1|a", "2|b", "3|c"]);
    }

    [Fact]
    public async Task A_gz_file_is_read_both_ways()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("1,a\n2,b\n"u8);
        _folder.Write("in/f.gz", bytes.ToArray());
        (await ReadAsync("csv", IdName, "\"archive_compress_codec\": \"GZ\"")).ShouldBe(["1|a", "2|b"]);
        (await ReadAsync("csv", IdName, "\"compress_codec\": \"gzip\"")).ShouldBe(["1|a", "2|b"]);
    }

    [Fact]
    public async Task A_broken_archive_is_named()
    {
        _folder.Write("in/f.zip", "no zip at all");
        var error = await Should.ThrowAsync<ChunnelException>(() => ReadAsync("csv", IdName, "\"archive_compress_codec\": \"ZIP\""));
        error.Message.ShouldContain("f.zip");
    }

    [Fact]
    [Trait("spec", "connectors.md 76")]
    public async Task A_missing_path_is_told()
    {
        var error = await Should.ThrowAsync<ChunnelException>(() => ReadAsync("csv", IdName));
        error.Code.Id.ShouldBe("FILE-03");
        error.What.ShouldStartWith($"Get file list from this path [{_folder["in"]}] failed");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [Trait("spec", "connectors.md 77")]
    public async Task Without_schema_a_line_is_one_column(string format)
    {
        _folder.Write("in/f", "{\"a\":1,\"b\":2}\n\nx\u0001y\n");
        await using var source = await Jobs.SourceAsync(Settings(format));
        source.Tables[0].Columns.Select(column => column.Name).ShouldBe(["content"]);
        (await ReadAsync(format)).ShouldBe(["{\"a\":1,\"b\":2}", "x\u0001y"]);
    }

    [Fact]
    [Trait("case", "csv-bom-with-header-names")]
    public async Task Columns_are_found_by_the_header()
    {
        _folder.Write("in/f", "\uFEFFname,x,id\na,y,1\nb,z,2\n");
        (await ReadAsync("csv", IdName, "\"csv_use_header_line\": true")).ShouldBe(["1|a", "2|b"]);
        (await ReadAsync("csv", "\"csv_use_header_line\": true")).ShouldBe(["a|y|1", "b|z|2"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 78")]
    public async Task One_source_reads_tables_of_several_formats()
    {
        _folder.Write("a/f", "1,a");
        _folder.Write("b/f", "{\"n\":7}");
        var job = $$"""
            { "tables_configs": [
              { "path": "{{_folder["a"]}}", "file_format_type": "csv", "schema": { "table": "db.one", "fields": { "id": "int", "name": "string" } } },
              { "path": "{{_folder["b"]}}", "file_format_type": "json", "schema": { "table": "db.two", "fields": { "n": "int" } } } ] }
            """;
        new LocalFileSource().Check(Jobs.Settings(job)).ShouldBeEmpty();
        await using var source = await Jobs.SourceAsync(job);
        source.Tables.Select(table => table.TableId).ShouldBe(["db.one", "db.two"]);
        (await Jobs.ReadAsync(job)).ShouldBe(["1|a", "7"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [Trait("spec", "connectors.md 79")]
    [Trait("case", "files-read-once-with-many-readers")]
    public async Task Readers_share_files_without_doubles(int readers)
    {
        for (var i = 0; i < 7; i++) _folder.Write($"in/f{i}", $"{i},n{i}\n");
        (await Jobs.ReadAsync(Settings("csv", IdName), readers)).Order().ShouldBe(Enumerable.Range(0, 7).Select(i => $"{i}|n{i}"));
    }

    [Fact]
    [Trait("case", "text-null-marker-and-partition-folder")]
    public async Task The_null_mark_and_chosen_partitions_are_known()
    {
        _folder.Write("in/dt=1/000000_0", "101\u0001\\N\n102\u0001x\n");
        _folder.Write("in/dt=2/000000_0", "104\u0001no\n");
        (await ReadAsync("text", IdName, "\"null_format\": \"\\\\N\", \"read_partitions\": [\"dt=1\"]")).ShouldBe(["101|NULL|1", "102|x|1"]);
    }

    [Fact]
    public async Task Damaged_input_names_file_line_column_and_value()
    {
        _folder.Write("in/f.csv", "1,a\n2,b\nx3,c\n");
        var error = await Should.ThrowAsync<ChunnelException>(() => ReadAsync("csv", IdName));
        error.Message.ShouldContain("f.csv");
        error.Message.ShouldContain("3");
        error.Message.ShouldContain("id");
        error.Message.ShouldContain("x3");
    }

    [Fact]
    public async Task Bad_rows_are_left_out_and_told_when_the_job_says_so()
    {
        _folder.Write("in/f.csv", "1,a\nx,b\n3,c\n");
        await using var source = await Jobs.SourceAsync(Settings("csv", IdName, "\"bad_rows\": \"skip\""));
        await using var run = await SourceRun.StartAsync(source, 1);
        (await run.ToEndAsync())[0].ShouldBe(["1|a", "3|c"]);
        run.Skipped.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("orc")]
    [InlineData("binary")]
    [InlineData("avro")]
    [InlineData("canal_json")]
    public void A_format_that_is_not_here_is_named(string format) =>
        new LocalFileSource().Check(Jobs.Settings(Settings(format))).ShouldContain(problem => problem.Code == FileErrors.FormatNotSupported && problem.What.Contains($"'{format}'"));

    [Fact]
    public void Path_and_format_are_asked_for() =>
        new LocalFileSource().Check(Jobs.Settings("{}")).ShouldContain(problem => problem.What.Contains("options('path', 'file_format_type') are required"));

    [Fact]
    public void Slips_within_tables_configs_are_found() =>
        new LocalFileSource().Check(Jobs.Settings("{ \"tables_configs\": [ { \"path\": \"x\", \"file_format_typ\": \"csv\" } ] }")).ShouldContain(problem => problem.Mend == "Did you mean 'file_format_type'?");

    [Fact]
    public void An_unknown_encoding_is_told() =>
        new LocalFileSource().Check(Jobs.Settings(Settings("csv", "\"encoding\": \"utf-9\""))).ShouldContain(problem => problem.Code.Id == "COMMON-08");

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    internal static byte[] TarGz(params (string Name, string Text)[] members)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "dir/"));
            foreach (var (name, text) in members) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }
        return bytes.ToArray();
    }

    private Task<IReadOnlyList<string>> ReadAsync(string format, params string[] more) => Jobs.ReadAsync(Settings(format, more));

    private string Settings(string format, params string[] more) =>
        $$"""{ "path": "{{_folder["in"]}}", "file_format_type": "{{format}}" {{string.Concat(more.Select(option => ", " + option))}} }""";
}
