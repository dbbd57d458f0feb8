using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Formats.Tests;

/// <summary>The clever and the plain loops read any bytes alike: the same rows, faults, places and positions, wherever the window ends.</summary>
public sealed class LoopsAgreeTests
{
    private const int Seeds = 1500;

    [Fact]
    public async Task On_any_delimited_bytes()
    {
        string[] pieces = [",", ",", "\"", "\"", "\n", "\n", "\r\n", "\r", "a", "12", "", " ", "\"x,y\"", "\"\"", "é", "z,1\n", "ab,\"c\nd\"\n", new string('l', 70)];
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var chance = new Random(seed);
            var schema = Decoding.Schema([.. Enumerable.Range(0, chance.Next(1, 4)).Select(i => ($"c{i}", i == 1 ? DataType.Int : DataType.String))]);
            var bytes = Bytes(chance, pieces);
            var options = chance.Next(3) == 0 ? DelimitedOptions.Text with { FieldDelimiter = "," } : DelimitedOptions.Csv;
            var bad = (BadRows)chance.Next(2);
            var clever = await ReadAsync((request, stream) => new TextDecoder(stream, request, options), schema, bytes, bad, seed);
            var plain = await ReadAsync((request, stream) => new TextDecoder(stream, request, options with { Fast = false }), schema, bytes, bad, seed + 1);
            var differs = Enumerable.Range(0, Math.Max(clever.Count, plain.Count)).FirstOrDefault(i => clever.ElementAtOrDefault(i) != plain.ElementAtOrDefault(i), -1);
            if (differs >= 0) clever.ElementAtOrDefault(differs).ShouldBe(plain.ElementAtOrDefault(differs), $"seed {seed}, entry {differs}");
        }
    }

    [Fact]
    public async Task On_any_json_bytes()
    {
        string[] pieces =
        [
            "{\"a\":1,\"b\":\"x\"}\n", "{\"a\":2,\"b\":\"y\"}\n", "{\"a\":3,\"b\":\"\\u00e9\\n\"}\n", "{\"b\":null}\n", "{\"a\": 4, \"b\": \"long " + new string('l', 50) + "\"}\r\n", "[", "]", ",", "{", "}", "\"", "\\", "\n", " ",
            "{\"a\":\"x\"}\n", "[5,\"z\"]", ":", "{\"a\":6,\"a\":7}", "{\"q\":{\"r\":[1,\"}\"]},\"a\":8}\n",
        ];
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var chance = new Random(seed);
            var schema = Decoding.Schema(("a", DataType.Int), ("b", DataType.String));
            var bytes = Bytes(chance, chance.Next(2) == 0 ? pieces[..5] : pieces);
            var bad = (BadRows)chance.Next(2);
            var clever = await ReadAsync((request, stream) => new JsonLinesDecoder(stream, request, JsonOptions.Default), schema, bytes, bad, seed);
            var plain = await ReadAsync((request, stream) => new JsonLinesDecoder(stream, request, new JsonOptions { Fast = false }), schema, bytes, bad, seed + 1);
            var differs = Enumerable.Range(0, Math.Max(clever.Count, plain.Count)).FirstOrDefault(i => clever.ElementAtOrDefault(i) != plain.ElementAtOrDefault(i), -1);
            if (differs >= 0) clever.ElementAtOrDefault(differs).ShouldBe(plain.ElementAtOrDefault(differs), $"seed {seed}, entry {differs}");
        }
    }

    private static byte[] Bytes(Random chance, string[] pieces)
    {
        var text = new StringBuilder();
        var length = chance.Next(4) == 0 ? chance.Next(12_000) : chance.Next(200);
        while (text.Length < length) text.Append(pieces[chance.Next(pieces.Length)]);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (bytes.Length > 0 && chance.Next(10) == 0) bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
        return bytes;
    }

    private static async Task<List<string>> ReadAsync(Func<DecodeRequest, Stream, ITableDecoder> open, TableSchema schema, byte[] bytes, BadRows bad, int seed)
    {
        var told = new List<string>();
        var memory = BatchMemory.Unlimited();
        var request = new DecodeRequest
        {
            File = "f", Schema = schema, Memory = memory, BadRows = bad, WindowBytes = 4096, Skipped = row => told.Add($"{row.Place} {row.Reason}"),
        };
        var rows = new List<string>();
        await using (var decoder = open(request, new ChoppyStream(bytes, seed)))
        {
            try
            {
                while (await decoder.ReadAsync(TestContext.Current.CancellationToken) is { } batch)
                {
                    using (batch) rows.AddRange(Decoding.Show(batch));
                }
                rows.Add($"{decoder.Position} {decoder.SkippedRows}");
            }
            catch (ChunnelException e)
            {
                rows.Add(e.Message);
            }
        }
        memory.Budget.InUseBytes.ShouldBe(0);
        // Scanner and readers tell what they find in their own order within a batch.
        return [.. rows, .. told.Order(StringComparer.Ordinal)];
    }
}
