using Chunnel.Core;

namespace Chunnel.Formats.Tests;

/// <summary>What is written is read again as it was, and the clever loops write and read what the plain ones do.</summary>
public sealed class RoundTripTests
{
    private const int Seeds = 120;

    [Fact]
    public async Task Csv_reads_what_csv_writes()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var tables = new RandomTables(seed);
            // Inside lists an empty text and a null look the same, and raw bytes may be empty: neither is in the table.
            var schema = tables.Schema(6);
            string[] rows = [.. Enumerable.Range(0, tables.Next(200)).Select(_ => tables.Row(schema))];
            var batches = await Writing.Batches(schema, rows);
            DelimitedOptions[] styles =
            [
                DelimitedOptions.Csv, DelimitedOptions.Csv with { FieldDelimiter = ";", QuoteMode = QuoteMode.All, Header = true },
                DelimitedOptions.Csv with { FieldDelimiter = "||", NullFormat = "NULL" }, DelimitedOptions.Csv with { Escape = '\\' },
                DelimitedOptions.Csv with { Quote = '\'', RowDelimiter = "\r\n" }, DelimitedOptions.Csv with { NullFormat = "\\N", Escape = '\\' },
                DelimitedOptions.Csv with { QuoteMode = QuoteMode.None, Escape = '\\', NullFormat = "@null@" },
            ];
            var options = styles[tables.Next(styles.Length)];
            var written = Writing.Text(new TextEncoder(schema, options), batches);
            written.ShouldBe(Writing.Text(new TextEncoder(schema, options with { Fast = false }), batches), $"seed {seed}");
            var expected = batches.SelectMany(Decoding.Show).ToList();
            foreach (var batch in batches) batch.Dispose();
            (await Decoding.Csv(written, schema, options)).ShouldBe(expected, $"seed {seed}, {options}");
            (await Decoding.Csv(written, schema, options with { Fast = false })).ShouldBe(expected, $"seed {seed}, {options}, plain");
        }
    }

    [Fact]
    public async Task Json_reads_what_json_writes()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var tables = new RandomTables(seed);
            var schema = tables.Schema(8);
            string[] rows = [.. Enumerable.Range(0, tables.Next(200)).Select(_ => tables.Row(schema))];
            var batches = await Writing.Batches(schema, rows);
            var written = Writing.Text(new JsonLinesEncoder(schema, JsonOptions.Default), batches);
            written.ShouldBe(Writing.Text(new JsonLinesEncoder(schema, new JsonOptions { Fast = false }), batches), $"seed {seed}");
            var expected = batches.SelectMany(Decoding.Show).ToList();
            foreach (var batch in batches) batch.Dispose();
            (await Decoding.Json(written, schema)).ShouldBe(expected, $"seed {seed}");
            (await Decoding.Json("[" + written.Replace("\n", ",\r\n  ", StringComparison.Ordinal) + "\n]", schema)).ShouldBe(expected, $"seed {seed}, array");
        }
    }
}
