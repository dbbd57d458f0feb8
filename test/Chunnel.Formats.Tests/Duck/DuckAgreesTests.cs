using Chunnel.Core;
using Chunnel.TestKit;
using DuckDB.NET.Data;

namespace Chunnel.Formats.Tests.Duck;

/// <summary>On random tables DuckDB reads what we write, and we read what DuckDB writes (data-path.md 3).</summary>
public sealed class DuckAgreesTests : IDisposable
{
    private const int Seeds = 25;
    private const string CsvOfOurs = "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', parallel = false";

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-duck-").FullName;

    private readonly DuckDBConnection _duck = new("DataSource=:memory:");

    public DuckAgreesTests() => _duck.Open();

    private string File => Path.Combine(_folder, "rows");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _duck.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task DuckDB_reads_our_csv()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var (schema, batches, rows) = await RandomTableAsync(seed, DuckTable.Knows);
            await System.IO.File.WriteAllBytesAsync(File, Writing.Bytes(new TextEncoder(schema, DelimitedOptions.Csv), batches), Stop);
            Release(batches);
            var duck = new DuckTable(_duck, schema);
            duck.Rows($"read_csv('{File}', {CsvOfOurs}, columns = {duck.Columns})").ShouldBe(rows.Select(DuckTable.Plain), $"seed {seed}: {schema}");
        }
    }

    [Fact]
    public async Task We_read_the_csv_of_DuckDB()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var (schema, batches, rows) = await RandomTableAsync(seed, DuckTable.Knows);
            Release(batches);
            var duck = new DuckTable(_duck, schema);
            duck.Fill(rows);
            duck.Execute($"COPY t TO '{File}' (FORMAT CSV, HEADER {(seed % 2 == 0 ? "true" : "false")})");
            var read = await ReadAsync(new TextDecoder(System.IO.File.OpenRead(File), Decoding.Request(schema), DelimitedOptions.Csv with { Header = seed % 2 == 0 }));
            read.ShouldBe(rows.Select(DuckTable.Plain), $"seed {seed}: {schema}");
        }
    }

    /// <summary>But for long decimals: DuckDB takes every number of JSON for a double first.</summary>
    [Fact]
    public async Task DuckDB_reads_our_json()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var (schema, batches, rows) = await RandomTableAsync(seed, type => DuckTable.KnowsNested(type) && type is not DecimalType { Precision: > 15 });
            await System.IO.File.WriteAllBytesAsync(File, Writing.Bytes(new JsonLinesEncoder(schema, JsonOptions.Default), batches), Stop);
            Release(batches);
            var duck = new DuckTable(_duck, schema);
            duck.Rows($"read_json('{File}', format = 'newline_delimited', columns = {duck.Columns})").ShouldBe(rows.Select(DuckTable.Plain), $"seed {seed}: {schema}");
        }
    }

    [Fact]
    public async Task We_read_the_json_of_DuckDB()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var (schema, batches, rows) = await RandomTableAsync(seed, DuckTable.KnowsNested);
            Release(batches);
            var duck = new DuckTable(_duck, schema);
            duck.Fill(rows);
            duck.Execute($"COPY t TO '{File}' (FORMAT JSON, ARRAY {(seed % 2 == 0 ? "true" : "false")})");
            var read = await ReadAsync(new JsonLinesDecoder(System.IO.File.OpenRead(File), Decoding.Request(schema), JsonOptions.Default));
            read.ShouldBe(rows.Select(DuckTable.Plain), $"seed {seed}: {schema}");
        }
    }

    /// <summary>Random rows behind a number that is never null: a line without any letter is a row to one and none to the other.</summary>
    private static async Task<(TableSchema Schema, List<ColumnBatch> Batches, List<BoxedRow> Rows)> RandomTableAsync(int seed, Func<DataType, bool> wanted)
    {
        var tables = new RandomTables(seed);
        var random = tables.Schema(8, wanted);
        var schema = random.WithColumns([new ColumnDef("id", DataType.Int), .. random.Columns]);
        string[] lines = [.. Enumerable.Range(0, tables.Next(150) + 1).Select(i => $"{{\"id\":{i},{tables.Row(random)[1..]}")];
        var batches = await Writing.Batches(schema, lines);
        return (schema, batches, [.. batches.SelectMany(BoxedRows.Of)]);
    }

    private static async Task<List<string>> ReadAsync(ITableDecoder decoder)
    {
        var rows = new List<string>();
        await using (decoder)
        {
            while (await decoder.ReadAsync(Stop) is { } batch)
            {
                using (batch) rows.AddRange(BoxedRows.Of(batch).Select(DuckTable.Plain));
            }
        }
        return rows;
    }

    private static void Release(List<ColumnBatch> batches)
    {
        foreach (var batch in batches) batch.Dispose();
    }
}
