using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>What each transform tells of the columns that it makes.</summary>
public sealed class LineageTests
{
    private static readonly TableSchema _table = new(TablePath.Parse("shop.orders"),
    [
        new("id", DataType.BigInt), new("name", DataType.String), new("price", DataType.Double), new("flag", DataType.Boolean), new("doc", DataType.String),
    ]);

    /// <summary>A setting for each transform, and the origins of what comes out that is not just copied.</summary>
    public static TheoryData<string, string, string> Transforms { get; } = new()
    {
        { "Copy", """{ "fields": { "id2": "id", "name": "doc" } }""", "name <- renamed(doc), id2 <- renamed(id)" },
        { "FieldMapper", """{ "field_mapper": { "name": "n", "id": "id" } }""", "n <- renamed(name)" },
        { "Filter", """{ "include_fields": ["doc", "id"] }""", "" },
        { "FilterRowKind", """{ "exclude_kinds": ["DELETE", "UPDATE_BEFORE"] }""", "| rows of kind INSERT, UPDATE_AFTER ()" },
        { "FieldRename", """{ "convert_case": "UPPER" }""", "ID <- renamed(id), NAME <- renamed(name), PRICE <- renamed(price), FLAG <- renamed(flag), DOC <- renamed(doc)" },
        { "Replace", """{ "replace_field": "name", "pattern": "a", "replacement": "b" }""", "name <- computed(name) REPLACE(name, 'a', 'b')" },
        { "Split", """{ "separator": "-", "split_field": "name", "output_fields": ["a", "b"] }""", "a <- computed(name) SPLIT(name, '-')[0], b <- computed(name) SPLIT(name, '-')[1]" },
        { "RegexExtract", """{ "source_field": "name", "regex_pattern": "(.)(.)", "output_fields": ["a", "b"] }""", "a <- computed(name) REGEX_EXTRACT(name, '(.)(.)', 1), b <- computed(name) REGEX_EXTRACT(name, '(.)(.)', 2)" },
        { "JsonPath", """{ "columns": [ { "src_field": "doc", "path": "$.a", "dest_field": "a" } ] }""", "a <- computed(doc) JSON_PATH(doc, '$.a')" },
        { "FieldEncrypt", """{ "fields": ["name"], "key": "MDEyMzQ1Njc4OWFiY2RlZg==" }""", "name <- computed(name hidden) ENCRYPT(name)" },
        { "Metadata", """{ "metadata_fields": { "Table": "t", "EventTime": "at" } }""", "t <- metadata() Table, at <- metadata() EventTime" },
        { "RowKindExtractor", "{}", "row_kind <- metadata() RowKind" },
        { "TableFilter", """{ "table_pattern": "orders" }""", "" },
        { "TableRename", """{ "prefix": "x_" }""", "" },
        { "TableMerge", """{ "table": "all" }""", "" },
        { "DataValidator", """{ "field_rules": [ { "field_name": "name", "rule_type": "NOT_NULL" } ] }""", "| rows that keep the rules (name)" },
        { "DefineSinkType", """{ "columns": [ { "column": "name", "type": "nvarchar2(10)" } ] }""", "" },
        { "TextChunk", """{ "text_field": "doc" }""", "chunk <- computed(doc) TEXT_CHUNK(doc), chunk_index <- computed(doc) TEXT_CHUNK_INDEX(doc) | doc is not empty (doc)" },
        { "LLM", """{ "model_provider": "OPENAI", "model": "m", "prompt": "p", "api_key": "very secret", "inference_columns": ["name", "doc"] }""", "llm_output <- computed(name, doc) LLM(name, doc)" },
        { "Embedding", """{ "model_provider": "OPENAI", "model": "m", "api_key": "very secret", "vectorization_fields": { "v": "doc", "name": "name" } }""", "name <- computed(name) EMBEDDING(name), v <- computed(doc) EMBEDDING(doc)" },
        { "Sql", """{ "query": "select id, name as n, price * id as p, 1 as one, upper('x') as x from t" }""", "n <- renamed(name), p <- computed(price, id) price * id, one <- constant() 1, x <- constant() upper('x')" },
    };

    [Theory]
    [MemberData(nameof(Transforms))]
    public async Task It_tells_what_its_columns_are_made_of(string plugin, string settings, string expected) =>
        Short(await LineageOfAsync(PluginOf(plugin), settings)).ShouldBe(expected);

    [Fact]
    public void Every_transform_is_in_the_list() =>
        TransformPlugins.Plugins.Select(entry => entry.Name).Except(Transforms.Select(row => row.Data.Item1)).ShouldBeEmpty();

    [Theory]
    // CASE decides by one column and gives another.
    [InlineData("select case when flag then price else id end as x from t", "x <- computed(price, id, flag decides) CASE WHEN flag THEN price ELSE id END")]
    [InlineData("select coalesce(name, doc) as x from t", "x <- computed(name, doc, name decides) coalesce(name, doc)")]
    // What a cipher or a hash takes is not seen in what it gives, unless it is also seen beside it.
    [InlineData("select aes_encrypt(name, 'very secret') || doc as x from t", "x <- computed(name hidden, doc) aes_encrypt(name, '******') || doc")]
    [InlineData("select murmur64(name) as x, concat(des_encrypt('12345678', name), name) as y from t", "x <- computed(name hidden) murmur64(name), y <- computed(name) concat(des_encrypt('******', name), name)")]
    [InlineData("select aes_decrypt(name, 'very secret') as x from t", "x <- computed(name) aes_decrypt(name, '******')")]
    // Time and chance come from no column.
    [InlineData("select now() as x, uuid() as y from t", "x <- computed() now(), y <- computed() uuid()")]
    // WHERE is not in the values, but in the rows; what is always true is no filter.
    [InlineData("select id from t where name like 'a%' and price > id", "| name LIKE 'a%' AND price > id (name, id, price)")]
    [InlineData("select id from t where 1 = 1", "")]
    [InlineData("select id from t where name = 'x' or 1 = 2", "| name = 'x' OR 1 = 2 (name)")]
    // Each element of an array makes a row: the array is the column's origin, and decides about rows unless they stay without.
    [InlineData("select id from t lateral view explode(split(name, ',')) as e", "e <- computed(name) EXPLODE(split(name, ',')) | split(name, ',') has elements (name)")]
    [InlineData("select id from t lateral view outer explode(split(name, ',')) as e", "e <- computed(name) EXPLODE(split(name, ','))")]
    [InlineData("select id from t lateral view explode(array(split(name, ','), split(doc, ','))) as x lateral view outer explode(x) as y",
        "x <- computed(name, doc) EXPLODE(array(split(name, ','), split(doc, ','))), y <- computed(name, doc) EXPLODE(EXPLODE(array(split(name, ','), split(doc, ',')))) | array(split(name, ','), split(doc, ',')) has elements (name, doc)")]
    public async Task A_query_tells_it_by_its_typed_expressions(string query, string expected) =>
        Short(await LineageOfAsync(new SqlPlugin(), $$"""{ "query": "{{query}}" }""")).ShouldBe(expected);

    [Fact]
    public async Task Tables_that_become_one_tell_of_each()
    {
        await using var transform = await Transforming.MakeAsync(PluginOf("TableMerge"), """{ "table": "all" }""", _table, _table.WithPath(TablePath.Parse("shop.more")));
        transform.Lineage.Select(lineage => $"{lineage.Input} -> {lineage.Output.TableId}").ShouldBe(["shop.orders -> all", "shop.more -> all"]);
    }

    [Fact]
    public async Task A_table_beside_is_told_of_too()
    {
        await using var transform = await Transforming.MakeAsync(PluginOf("DataValidator"), """
            { "row_error_handle_way": "ROUTE_TO_TABLE", "row_error_handle_way.error_table": "wrong", "field_rules": [ { "field_name": "name", "rule_type": "NOT_NULL" } ] }
            """, _table);
        transform.Lineage.Select(Short).ShouldBe([
            "| rows that keep the rules (name)",
            "source_table_id <- metadata() Table, source_table_path <- metadata() Table, original_data <- computed(id, name, price, flag, doc) the row as JSON, "
                + "validation_errors <- computed(name) what is wrong with the row, create_time <- computed() the time when it was found | rows that break a rule (name)",
        ]);
    }

    [Fact]
    public async Task Settings_that_work_one_after_another_tell_of_the_whole_way()
    {
        await using var transform = await Transforming.MakeAsync(new SqlPlugin(), """
            { "rule_match_mode": "ALL_MATCH", "table_transform": [
                { "table_path": "shop.orders", "query": "select id as key, upper(name) as n, doc, murmur64(name) as h from t where flag" },
                { "table_path": "shop.orders", "query": "select key as k, n as m, n || doc as both, h + 1 as g from t where key > 1" } ] }
            """, _table);
        Short(transform.Lineage.ShouldHaveSingleItem()).ShouldBe(
            "k <- renamed(id), m <- computed(name) upper(name), both <- computed(name, doc) n || doc, g <- computed(name hidden) h + 1 | flag AND key > 1 (flag, id)");
    }

    [Fact]
    public async Task A_transform_that_does_not_tell_says_so()
    {
        await using var transform = new Silent(_table);
        ((ITransform)transform).Lineage.ShouldBeEmpty();
        TableLineage.Untold(_table, _table).Columns.ShouldAllBe(origin => origin.Kind == OriginKind.Untold);
    }

    [Fact]
    public async Task A_query_is_told_as_it_runs()
    {
        var query = (await LineageOfAsync(new SqlPlugin(), """{ "query": "select id + 1 as a, id + 1 as b, 2 + 3 as c, cast(name as int) as d from t where flag and id + 1 > 4" }""")).Query.ShouldNotBeNull();
        query.Inputs.Select(input => $"{input.Register} {input.Column} {input.Type}").ShouldBe(["r0 id bigint", "r1 name string", "r3 flag boolean"]);
        // id + 1 is computed once, though it stands there three times; 2 + 3 is computed before any row.
        query.Steps.Count(step => step.Operation == "+").ShouldBe(1);
        query.Steps.Where(step => step.Filters).Select(step => step.Operation).ShouldBe(["+", ">", "and"]);
        query.Outputs.Select(output => $"{output.Column} {output.Type} = {output.From}").ShouldBe(["a bigint = r5", "b bigint = r5", "c int = 5", "d int = r8"]);
        query.Keeps.ShouldBe("r7");
    }

    private static TransformPlugin PluginOf(string name) => (TransformPlugin)new PluginRegistry(TransformPlugins.Plugins).Find(PluginKind.Transform, name)!;

    private static async Task<TableLineage> LineageOfAsync(TransformPlugin plugin, string settings)
    {
        await using var transform = await Transforming.MakeAsync(plugin, settings, _table);
        var lineage = transform.Lineage.ShouldHaveSingleItem();
        lineage.Input.ShouldBe(_table.TableId);
        lineage.Output.ShouldBeSameAs(transform.Tables.ShouldHaveSingleItem());
        lineage.Columns.Count.ShouldBe(lineage.Output.Columns.Count);
        return lineage;
    }

    private static string Short(TableLineage lineage)
    {
        var columns = lineage.Output.Columns.Zip(lineage.Columns).Where(pair => pair.Second.Kind != OriginKind.Copied).Select(pair =>
            $"{pair.First.Name} <- {pair.Second.Kind.ToString().ToLowerInvariant()}({string.Join(", ", pair.Second.Uses.Select(use => use.Column + (use.Decides ? " decides" : "") + (use.Hidden ? " hidden" : "")))}) {pair.Second.Expression}".TrimEnd());
        var filter = lineage.Filter is null ? "" : $" | {lineage.Filter} ({string.Join(", ", lineage.FilterColumns)})";
        return (string.Join(", ", columns) + filter).Trim();
    }

    private sealed class Silent(TableSchema table) : ITransform
    {
        public IReadOnlyList<TableSchema> Tables => [table];

        public ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop) => output.EmitAsync(batch, stop);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
