using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Files.Tests;

public sealed class FileSinkTests : IDisposable
{
    private static readonly TableSchema Table = Jobs.Table(("id", DataType.Int), ("name", DataType.String), ("day", DataType.Date));
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("spec", "connectors.md 80, 81")]
    public async Task Files_appear_only_with_the_commit_and_nothing_is_left_behind()
    {
        await using var run = await SinkRun.StartAsync(Settings("csv"), Table);
        await run.WriteAsync(Rows(1, 2));
        var prepared = await run.PrepareAsync(1);
        _folder.Files("out").ShouldBeEmpty();
        _folder.Files("tmp").Count.ShouldBe(1);
        _folder.Files("tmp")[0].ShouldMatch("^seatunnel/42/[0-9a-f]{6}x1x[0-9a-f]{6}/T_42_[0-9a-f]{6}x1x[0-9a-f]{6}_0_1/NON_PARTITION/T_42_[0-9a-f]{6}x1x[0-9a-f]{6}_0_1_0\\.csv$");
        await run.CommitAsync(prepared.Aggregate!);
        _folder.Files("out").Count.ShouldBe(1);
        Directory.Exists(_folder["tmp/seatunnel/42"]).ShouldBeFalse();
    }

    [Fact]
    [Trait("spec", "connectors.md 82")]
    public async Task A_full_file_is_followed_by_another()
    {
        await SinkRun.WriteAllAsync(Settings("csv", "\"batch_size\": 2"), Table, Rows(1, 5));
        var files = _folder.Files("out");
        files.Select(file => File.ReadAllLines(_folder[$"out/{file}"]).Length).ShouldBe([2, 2, 1]);
        files.Select(file => file[^6..]).ShouldBe(["_0.csv", "_1.csv", "_2.csv"]);
    }

    /// <summary>What the format or the encoding has no form for is refused, and the other rows of its batch are written, also as the first ones of a file.</summary>
    [Theory]
    [InlineData("text", "\"field_delimiter\": \",\"", "2,4", "1,a,|3,c,|5,e,")]
    [InlineData("csv", "\"encoding\": \"ISO-8859-1\"", "3", "1,a,|2,\"b,b\",|4,\"d,d\",|5,e,")]
    [InlineData("text", "\"field_delimiter\": \",\", \"batch_size\": 2", "2,4", "1,a,|3,c,|5,e,")]
    public async Task A_row_without_a_form_is_refused(string format, string more, string refused, string left)
    {
        var refusals = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(Settings(format, more), Table, refusals: refusals);
        var third = format == "csv" ? "c\u4E2D" : "c";
        await run.WriteAsync(BoxedRows.ToBatch(Table, [new(1, "a", null), new(2, "b,b", null), new(3, third, null)], BatchMemory.Unlimited()));
        await run.WriteAsync(BoxedRows.ToBatch(Table, [new(4, "d,d", null), new(5, "e", null)], BatchMemory.Unlimited()));
        await run.CheckpointAsync(1);
        string.Join(',', refusals.Ids).ShouldBe(refused);
        string.Join('|', _folder.Files("out").SelectMany(file => File.ReadAllLines(_folder[$"out/{file}"]))).ShouldBe(left);
    }

    [Fact]
    [Trait("spec", "connectors.md 83")]
    public void A_name_without_the_transaction_is_refused() =>
        Check(Settings("csv", "\"file_name_expression\": \"out\"")).ShouldContain(problem =>
            problem.Severity == Severity.Error && problem.What == "file_name_expression must contains transactionId when is_enable_transaction is true");

    [Fact]
    [Trait("spec", "connectors.md 84, 90")]
    public async Task Names_carry_the_time_the_codec_and_the_extension()
    {
        var clock = new FixedClock(new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.Zero));
        await using var run = await SinkRun.StartAsync(
            Settings("text", "\"custom_filename\": true, \"file_name_expression\": \"x_${now}_${transactionId}\", \"filename_time_format\": \"yyyyMMdd\", \"compress_codec\": \"gzip\""), Table, clock: clock);
        await run.WriteAsync(Rows(1, 1));
        await run.CheckpointAsync(1);
        _folder.Files("out").ShouldHaveSingleItem().ShouldMatch("^x_20240203_T_42_[0-9a-f]{6}x1x[0-9a-f]{6}_0_1_0\\.gz\\.txt$");
    }

    [Fact]
    [Trait("spec", "connectors.md 85, 86")]
    public async Task Partitions_make_folders_and_leave_the_file()
    {
        var batch = Jobs.Batch(Table, [1, "x", new DateOnly(2024, 1, 1)], [2, "y", new DateOnly(2024, 1, 1)], [3, "x", null]);
        await SinkRun.WriteAllAsync(Settings("csv", "\"have_partition\": true, \"partition_by\": [\"name\"]"), Table, batch);
        _folder.Lines("out/name=x").ShouldBe(["1,2024-01-01", "3,"]);
        _folder.Lines("out/name=y").ShouldBe(["2,2024-01-01"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 86")]
    public async Task Partition_columns_stay_in_the_file_when_asked()
    {
        await SinkRun.WriteAllAsync(
            Settings("csv", "\"have_partition\": true, \"partition_by\": [\"name\"], \"is_partition_field_write_in_file\": true, \"partition_dir_expression\": \"p/${v0}\""), Table, Rows(7, 1));
        _folder.Lines("out/p/n7").ShouldBe(["7,n7,2024-01-08"]);
    }

    [Fact]
    [Trait("spec", "connectors.md 87")]
    public async Task Partition_columns_outside_the_sinks_are_refused()
    {
        var error = await Should.ThrowAsync<ChunnelException>(() =>
            SinkRun.SinkAsync(Settings("csv", "\"have_partition\": true, \"partition_by\": [\"name\"], \"sink_columns\": [\"id\"]"), Table));
        error.What.ShouldStartWith("partition fields must in sink columns");
    }

    [Fact]
    [Trait("spec", "connectors.md 88, 89")]
    public async Task Chosen_columns_come_in_their_order_below_a_header()
    {
        await SinkRun.WriteAllAsync(Settings("csv", "\"sink_columns\": [\"day\", \"id\"], \"enable_header_write\": true, \"date_format\": \"yyyy/MM/dd\""), Table, Rows(1, 2));
        _folder.Lines("out").ShouldBe(["day,id", "2024/01/02,1", "2024/01/03,2"]);
    }

    [Fact]
    public async Task An_unknown_column_is_named_with_the_nearest()
    {
        var error = await Should.ThrowAsync<ChunnelException>(() => SinkRun.SinkAsync(Settings("csv", "\"sink_columns\": [\"nme\"]"), Table));
        error.Message.ShouldContain("Did you mean 'name'?");
    }

    [Fact]
    [Trait("case", "ck-files-of-two-checkpoints")]
    public async Task Files_of_two_checkpoints_do_not_overwrite_each_other()
    {
        await using var run = await SinkRun.StartAsync(Settings("text", "\"custom_filename\": true, \"file_name_expression\": \"${transactionId}_${now}\""), Table, parallelism: 2);
        for (var checkpoint = 1; checkpoint <= 3; checkpoint++)
        {
            await run.WriteAsync(Rows(checkpoint, 1), writer: 0);
            await run.WriteAsync(Rows(10 + checkpoint, 1), writer: 1);
            await run.CheckpointAsync(checkpoint);
        }
        _folder.Files("out").Count.ShouldBe(6);
        _folder.Lines("out").Count.ShouldBe(6);
        _folder.Files("tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_transactions_no_file_is_overwritten_either()
    {
        var settings = Settings("csv", "\"is_enable_transaction\": false, \"file_name_expression\": \"out\"");
        for (var times = 0; times < 2; times++)
        {
            await using var run = await SinkRun.StartAsync(settings, Table, parallelism: 2);
            await run.WriteAsync(Rows(1, 1), writer: 0);
            await run.WriteAsync(Rows(2, 1), writer: 1);
            await run.CheckpointAsync(1);
            await run.WriteAsync(Rows(3, 1), writer: 0);
            await run.CheckpointAsync(2);
        }
        _folder.Files("out").ShouldBe(["out_0.csv", "out_1.csv", "out_2.csv", "out_3.csv", "out_4.csv", "out_5.csv"]);
        _folder.Lines("out").Count.ShouldBe(6);
        _folder.Files("tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_written_makes_no_file_unless_one_is_asked_for()
    {
        await SinkRun.WriteAllAsync(Settings("csv"), Table);
        _folder.Files("out").ShouldBeEmpty();
        await using var run = await SinkRun.StartAsync(Settings("csv", "\"create_empty_file_when_no_data\": true, \"enable_header_write\": true"), Table, parallelism: 2);
        await run.CheckpointAsync(1);
        _folder.Files("out").ShouldBeEmpty();
        await run.EndOfInputAsync();
        await run.CheckpointAsync(2);
        _folder.Files("out").Count.ShouldBe(1);
        _folder.Lines("out").ShouldBe(["id,name,day"]);
    }

    [Fact]
    public async Task A_single_file_takes_all_rows_and_has_no_number()
    {
        await SinkRun.WriteAllAsync(Settings("csv", "\"single_file_mode\": true, \"batch_size\": 1"), Table, Rows(1, 3), Rows(4, 2));
        _folder.Files("out").ShouldHaveSingleItem().ShouldEndWith("_0_1.csv");
        _folder.Lines("out").Count.ShouldBe(5);
    }

    [Fact]
    public async Task More_partitions_than_files_may_be_open_lose_no_row()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => new object?[] { i, $"p{i % 300}", null }).ToArray();
        await SinkRun.WriteAllAsync(Settings("csv", "\"have_partition\": true, \"partition_by\": [\"name\"]"), Table, Jobs.Batch(Table, rows));
        _folder.Lines("out").Count.ShouldBe(1000);
        Directory.GetDirectories(_folder["out"]).Length.ShouldBe(300);
    }

    [Fact]
    public async Task Rows_that_do_not_count_are_not_written()
    {
        var batch = Rows(1, 4);
        var selection = ColumnBuffer.Rent<ushort>(batch.Memory, 2);
        selection.As<ushort>()[0] = 1;
        selection.As<ushort>()[1] = 3;
        var selected = batch.WithSelection(selection, 2);
        batch.Dispose();
        await SinkRun.WriteAllAsync(Settings("csv", "\"batch_size\": 1"), Table, selected);
        _folder.Lines("out").ShouldBe(["2,n2,2024-01-03", "4,n4,2024-01-05"]);
        _folder.Files("out").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_change_of_the_table_begins_new_files()
    {
        await using var run = await SinkRun.StartAsync(Settings("csv", "\"enable_header_write\": true"), Table);
        await run.WriteAsync(Rows(1, 1));
        var wider = Table.WithColumns([.. Table.Columns, new ColumnDef("more", DataType.String)]);
        await run.WriteAsync(Jobs.Batch(wider, [2, "b", null, "m"]));
        await run.CheckpointAsync(1);
        _folder.Lines("out").ShouldBe(["id,name,day", "1,n1,2024-01-02", "id,name,day,more", "2,b,,m"]);
    }

    [Theory]
    [InlineData("orc")]
    [InlineData("binary")]
    [InlineData("xml")]
    [InlineData("excel")]
    [InlineData("canal_json")]
    public void A_format_that_is_not_here_is_named(string format) =>
        Check(Settings(format)).ShouldContain(problem => problem.Code == FileErrors.FormatNotSupported && problem.What.Contains($"'{format}'"));

    [Fact]
    public void A_codec_that_the_format_cannot_have_is_refused() =>
        Check(Settings("parquet", "\"compress_codec\": \"lzo\"")).ShouldContain(problem => problem.What.Contains("'lzo'") && problem.Severity == Severity.Error);

    [Fact]
    [Trait("spec", "connectors.md 92")]
    public async Task Old_files_go_when_the_job_says_so()
    {
        _folder.Write("out/old_0.csv", "1");
        _folder.Write("out/k=1/old_0.csv", "1");
        await using var sink = await SinkRun.SinkAsync(Settings("csv", "\"data_save_mode\": \"DROP_DATA\""), Table);
        var saveMode = sink.SaveMode.ShouldNotBeNull();
        saveMode.Data.ShouldBe(DataSaveMode.DropData);
        (await saveMode.HasDataAsync(Stop)).ShouldBeTrue();
        await saveMode.DropDataAsync(Stop);
        _folder.Files("out").ShouldBeEmpty();
        (await saveMode.TableExistsAsync(Stop)).ShouldBeTrue();
        (await saveMode.HasDataAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_whole_disk_is_never_dropped()
    {
        await using var sink = await SinkRun.SinkAsync("{ \"path\": \"/tmp\", \"data_save_mode\": \"DROP_DATA\" }", Table);
        await Should.ThrowAsync<ChunnelException>(async () => await sink.SaveMode!.DropDataAsync(Stop));
    }

    private static IReadOnlyList<Problem> Check(string json) => new LocalFileSink().Check(Jobs.Settings(json));

    private static ColumnBatch Rows(int first, int count) =>
        Jobs.Batch(Table, [.. Enumerable.Range(first, count).Select(i => new object?[] { i, $"n{i}", new DateOnly(2024, 1, 1).AddDays(i) })]);

    private string Settings(string format, string more = "") =>
        $$"""{ "path": "{{_folder["out"]}}", "tmp_path": "{{_folder["tmp"]}}", "file_format_type": "{{format}}" {{(more.Length > 0 ? "," : "")}} {{more}} }""";
}
