using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.TextChunk;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>Texts become rows of chunks (spec transforms.md 3.20).</summary>
public sealed class TextChunkTests
{
    private static readonly TableSchema Docs = new(TablePath.Parse("db.docs"), [new ColumnDef("id", DataType.Int), new ColumnDef("t", DataType.String), new ColumnDef("u", DataType.String)])
    {
        PrimaryKey = new PrimaryKey("pk", ["id"]),
        ConstraintKeys = [new ConstraintKey("u", ConstraintKind.UniqueKey, [new ConstraintColumn("u")]), new ConstraintKey("i", ConstraintKind.IndexKey, [new ConstraintColumn("t")])],
    };

    [Theory]
    [InlineData(""" "chunk_size": 10 """, "one two three four", "one two |three four")]
    [InlineData(""" "chunk_size": 10, "overlap_size": 4 """, "one two three four", "one two |two three |four")]
    [InlineData(""" "chunk_size": 10, "overlap_size": 3 """, "one two three four", "one two |three four")]
    [InlineData(""" "chunk_size": 9 """, "a b.\n\nc d. e f\ng", "a b.\n\n|c d. e f\n|g")]
    [InlineData(""" "chunk_size": 4 """, "abcdefghij", "abcd|efgh|ij")]
    [InlineData(""" "chunk_size": 4, "separators": [] """, "abcdefghij", "abcd|efgh|ij")]
    [InlineData(""" "chunk_size": 4, "overlap_size": 2, "separators": [] """, "abcdefghij", "abcd|cdef|efgh|ghij")]
    [InlineData(""" "chunk_size": 4, "overlap_size": 3, "separators": [] """, "abcdef", "abcd|bcde|cdef")]
    [InlineData(""" "chunk_size": 3, "separators": [] """, "ä😀üé漢x", "ä😀ü|é漢x")]
    [InlineData(""" "chunk_size": 4 """, "一二。三四！五", "一二。|三四！五")]
    [InlineData(""" "chunk_size": 5, "separators": ["--"] """, "ab--cd----e", "ab--|cd--|--e")]
    [InlineData(""" "chunk_size": 100 """, "one two", "one two")]
    [InlineData(""" "chunk_size": 1 """, "a b", "a| |b")]
    public async Task A_text_is_cut(string settings, string text, string chunks)
    {
        var (_, rows) = await Transforming.ApplyAsync(new TextChunkPlugin(), $$"""{ "text_field": "t", {{settings}} }""", Docs, new BoxedRow(1, text, "u"));
        string.Join('|', rows.Select(row => row[3])).ShouldBe(chunks);
        rows.Select(row => row[4]).ShouldBe(Enumerable.Range(0, rows.Count).Cast<object?>());
        rows.ShouldAllBe(row => (string?)row[1] == text);
    }

    [Fact]
    public async Task Keys_get_the_number_of_the_chunk()
    {
        var (table, rows) = await Transforming.ApplyAsync(new TextChunkPlugin(), """{ "text_field": "t", "chunk_size": 2 }""", Docs, new BoxedRow(RowKind.Delete, [7, "abc", "u"]));
        table.ToString().ShouldBe("db.docs(id int, t string, u string, chunk string, chunk_index int)");
        table.PrimaryKey!.Columns.ShouldBe(["id", "chunk_index"]);
        table.ConstraintKeys[0].Columns.Select(column => column.Name).ShouldBe(["u", "chunk_index"]);
        table.ConstraintKeys[1].Columns.Select(column => column.Name).ShouldBe(["t"]);
        table.Columns[4].Nullable.ShouldBeFalse();
        rows.ShouldBe([new BoxedRow(RowKind.Delete, [7, "abc", "u", "ab", 0]), new BoxedRow(RowKind.Delete, [7, "abc", "u", "c", 1])]);
    }

    [Theory]
    [InlineData("true", "x:0")]
    [InlineData("false", ":0,:0,x:0")]
    public async Task Rows_without_a_text_go_or_stay(string skip, string left)
    {
        var (_, rows) = await Transforming.ApplyAsync(new TextChunkPlugin(), $$"""{ "text_field": "t", "skip_empty_text": {{skip}} }""", Docs, new BoxedRow(1, null, "a"), new BoxedRow(2, "", "b"), new BoxedRow(3, "x", "c"));
        string.Join(',', rows.Select(row => $"{row[3]}:{row[4]}")).ShouldBe(left);
    }

    [Fact]
    public async Task The_text_may_become_its_chunk()
    {
        var (table, rows) = await Transforming.ApplyAsync(new TextChunkPlugin(), """{ "text_field": "t", "output_field": "t", "chunk_size": 2 }""", Docs, new BoxedRow(1, "abc", "u"));
        table.Columns.Select(column => column.Name).ShouldBe(["id", "t", "u", "chunk_index"]);
        rows.ShouldBe([new BoxedRow(1, "ab", "u", 0), new BoxedRow(1, "c", "u", 1)]);
    }

    [Fact]
    public async Task Chunks_without_overlap_are_the_text_again()
    {
        var chance = new Random(20261130);
        string[] words = ["a", "bb", "ccc", " ", " ", "\n", "\n\n", ". ", "。", "é", "😀", "longwordwithoutend"];
        var rows = Enumerable.Range(0, 300).Select(id => new BoxedRow(id, string.Concat(Enumerable.Range(0, chance.Next(1, 60)).Select(_ => words[chance.Next(words.Length)])), "u")).ToArray();
        foreach (var size in new[] { 1, 2, 5, 17 })
        {
            var (_, made) = await Transforming.ApplyAsync(new TextChunkPlugin(), $$"""{ "text_field": "t", "chunk_size": {{size}} }""", Docs, rows);
            made.ShouldAllBe(row => ((string)row[3]!).EnumerateRunes().Count() <= size && ((string)row[3]!).Length > 0);
            made.GroupBy(row => row[0]).Select(chunks => string.Concat(chunks.Select(row => row[3]))).ShouldBe(rows.Select(row => (string)row[1]!), $"chunk_size {size}");
        }
    }

    [Fact]
    public async Task Overlap_repeats_the_end_of_the_chunk_before_and_keeps_to_the_size()
    {
        var chance = new Random(7);
        var text = string.Concat(Enumerable.Range(0, 400).Select(_ => new string('x', chance.Next(1, 9)) + " "));
        var (_, made) = await Transforming.ApplyAsync(new TextChunkPlugin(), """{ "text_field": "t", "chunk_size": 40, "overlap_size": 12 }""", Docs, new BoxedRow(1, text, "u"));
        var whole = "";
        foreach (var chunk in made.Select(row => (string)row[3]!))
        {
            chunk.Length.ShouldBeLessThanOrEqualTo(40);
            var repeated = Enumerable.Range(0, Math.Min(12, chunk.Length) + 1).Reverse().First(length => (whole + chunk[length..]).Length <= text.Length && whole.EndsWith(chunk[..length], StringComparison.Ordinal) && text.StartsWith(whole + chunk[length..], StringComparison.Ordinal));
            whole += chunk[repeated..];
        }
        whole.ShouldBe(text);
        made.Count.ShouldBeGreaterThan(text.Length / 40);
    }

    [Fact]
    public async Task A_long_text_comes_out_in_batches_of_bounded_size()
    {
        var memory = new TestMemory();
        await using var transform = await Transforming.MakeAsync(new TextChunkPlugin(), """{ "text_field": "t", "chunk_size": 10 }""", Docs);
        var sizes = new Sizes();
        await transform.ApplyAsync(BoxedRows.ToBatch(Docs, [new BoxedRow(1, new string('x', 50_000), "u"), new BoxedRow(2, new string('y', 60), "u")], memory.Memory), sizes, TestContext.Current.CancellationToken);
        sizes.Rows.Sum().ShouldBe(5_006);
        sizes.Rows.Max().ShouldBeLessThanOrEqualTo(ColumnBatch.AimBytes / 50_000 + 1);
        memory.MustBeBack();
    }

    [Theory]
    [InlineData("""{ "text_field": "x" }""", "TRANSFORM_COMMON-01")]
    [InlineData("""{ "text_field": "id" }""", "COMMON-07")]
    [InlineData("""{ "text_field": "t", "output_field": "u" }""", "COMMON-06")]
    [InlineData("""{ "text_field": "t", "chunk_index_field": "id" }""", "COMMON-06")]
    [InlineData("""{ "text_field": "t", "chunk_index_field": "chunk" }""", "COMMON-06")]
    public async Task What_cannot_be_is_refused(string settings, string code) =>
        (await Transforming.RefusedAsync(new TextChunkPlugin(), settings, Docs)).Code.Id.ShouldBe(code);

    [Fact]
    public void Sizes_must_make_sense()
    {
        Transforming.Wrong(new TextChunkPlugin(), """{ "text_field": "t", "chunk_size": 5, "overlap_size": 5 }""").ShouldBe(["The value 5 of 'overlap_size' must be below 'chunk_size', which is 5."]);
        Transforming.Wrong(new TextChunkPlugin(), """{ "text_field": "t", "chunk_size": 0, "overlap_size": -1, "separators": [""] }""").Count.ShouldBe(3);
    }

    private sealed class Sizes : ITransformOutput
    {
        public List<int> Rows { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch) Rows.Add(batch.Selected);
            return ValueTask.CompletedTask;
        }
    }
}

public sealed class TextChunkKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new TextChunkPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "text_field": "c8", "chunk_size": 3, "overlap_size": 1 }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}
