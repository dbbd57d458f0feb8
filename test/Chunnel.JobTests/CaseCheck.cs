using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>Holds what a case expects against what happened; tells everything that differs.</summary>
internal sealed class CaseCheck(Case job, Workplace place, IReadOnlyList<ProgramRun> runs)
{
    private readonly List<string> _wrong = [];

    public IReadOnlyList<string> Wrong()
    {
        CheckEnd();
        CheckErrors();
        CheckCounters();
        CheckOutput();
        CheckRows();
        CheckFiles();
        CheckText();
        CheckTimes();
        return _wrong;
    }

    private ProgramRun Last => runs[^1];

    private string All => string.Join('\n', runs.Select(run => run.All));

    private void CheckEnd()
    {
        var orders = job.Runs.ToList();
        foreach (var (order, run) in orders.Zip(runs))
        {
            if (order.End is { } own && own != run.End) Say($"{order.Job} ended {run.End}, expected {own}");
            foreach (var word in order.Says.Where(word => !Contains(run.All, word))) Say($"the message of {order.Job} lacks '{word}'");
            if (order.End is not null && run.ExitCode != ExitCodeAfter(run.End)) Say($"exit code {run.ExitCode} after {run.End}");
        }
        if (orders.TrueForAll(order => order.End is not null)) return;
        var expected = Texts("end_any").ToList();
        if (Expect("end") is { } end) expected.Add(end.GetString()!);
        if (expected.Count > 0 && !expected.Contains(Last.End)) Say($"ended {Last.End}, expected {string.Join(" or ", expected)}");
        if (Expect("exit") is { } exit)
        {
            var codes = exit.ValueKind == JsonValueKind.Array ? exit.EnumerateArray().Select(code => code.GetInt32()).ToList() : [exit.GetInt32()];
            if (!runs.Select(run => run.ExitCode).SequenceEqual(codes)) Say($"exit codes {string.Join(", ", runs.Select(run => run.ExitCode))}, expected {string.Join(", ", codes)}");
        }
        else if (Last.ExitCode != ExitCodeAfter(Last.End))
        {
            Say($"exit code {Last.ExitCode} after {Last.End}");
        }
    }

    private void CheckErrors()
    {
        foreach (var word in Texts("error_all").Where(word => !Contains(All, word))) Say($"the message lacks '{word}'");
        foreach (var word in Texts("error_none").Where(word => Contains(All, word))) Say($"the message has '{word}'");
        if (Texts("error_any").ToList() is { Count: > 0 } any && !any.Exists(word => Contains(All, word))) Say($"the message has none of {string.Join(", ", any)}");
        if (Expect("error_line") is { } line)
        {
            var number = line.GetRawText();
            if (!new[] { $"line {number}", $":{number}", $"row {number}" }.Any(place => Contains(All, place))) Say($"the message does not name line {number}");
        }
        foreach (var secret in Texts("secret_absent").Where(secret => Contains(All, secret))) Say($"the secret '{secret}' is shown");
    }

    private void CheckCounters()
    {
        if (Expect("counters") is not { } counters) return;
        foreach (var counter in counters.EnumerateObject())
        {
            long? actual = counter.Name switch
            {
                "SourceReceivedCount" => Last.Read,
                "SinkWriteCount" => Last.Written,
                _ => null,
            };
            var expected = counter.Value.ValueKind == JsonValueKind.Number ? counter.Value.GetInt64() : long.Parse(counter.Value.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            if (actual is null && WatchedCaseTests.IsTold(job.Name)) continue;
            if (actual is null) Say($"no counter {counter.Name} to look at");
            else if (actual != expected) Say($"{counter.Name} is {actual}, expected {expected}");
        }
    }

    private void CheckOutput()
    {
        if (Expect("output") is not { } outputs) return;
        foreach (var output in outputs.EnumerateArray())
        {
            var files = place.Glob(output.GetProperty("glob").GetString()!);
            if (output.TryGetProperty("same_as", out var sameAs))
            {
                var expected = Path.Combine(place.Folder, sameAs.GetString()!);
                if (expected.EndsWith(".jsonl", StringComparison.Ordinal)) CompareRows(files, expected, output.TryGetProperty("order", out var order) && order.GetString() == "any");
                else CompareBytes(files, expected);
            }
            if (output.TryGetProperty("raw_none", out var none))
            {
                var text = string.Concat(files.Select(File.ReadAllText));
                foreach (var word in TextsOf(none).Where(word => text.Contains(word, StringComparison.Ordinal))) Say($"the output holds '{word}'");
            }
        }
    }

    private void CheckRows()
    {
        if (Expect("rows") is { } rows)
        {
            var lines = OutputFiles().Sum(file => Lines(file).Count());
            if (lines != rows.GetInt64()) Say($"{lines} rows in the output, expected {rows}");
        }
    }

    private void CompareRows(IReadOnlyList<string> files, string expectedFile, bool anyOrder)
    {
        var actual = files.SelectMany(Lines).Select(RowCompare.Normal).ToList();
        var expected = Lines(expectedFile).Select(RowCompare.Normal).ToList();
        if (anyOrder)
        {
            actual.Sort(StringComparer.Ordinal);
            expected.Sort(StringComparer.Ordinal);
        }
        if (actual.SequenceEqual(expected)) return;
        Say($"rows differ.\n  only in the output: {string.Join("\n    ", actual.Except(expected).Take(5))}\n  only expected: {string.Join("\n    ", expected.Except(actual).Take(5))}\n  {actual.Count} rows against {expected.Count}");
    }

    private void CompareBytes(IReadOnlyList<string> files, string expectedFile)
    {
        var actual = files.SelectMany(File.ReadAllBytes).ToArray();
        var expected = File.ReadAllBytes(expectedFile);
        if (!actual.AsSpan().SequenceEqual(expected)) Say($"bytes differ.\n  output: {System.Text.Encoding.UTF8.GetString(actual)}\n  expected: {System.Text.Encoding.UTF8.GetString(expected)}");
    }

    private void CheckFiles()
    {
        foreach (var pattern in Texts("absent").Where(pattern => !place.IsAbsent(pattern))) Say($"{pattern} is there");
        if (Expect("files_at_least") is not { } least) return;
        if (least.ValueKind == JsonValueKind.Number)
        {
            var files = OutputFiles().Count();
            if (files < least.GetInt32()) Say($"{files} files, expected at least {least}");
            return;
        }
        foreach (var pattern in least.EnumerateObject())
        {
            var files = place.Glob(pattern.Name).Count;
            if (files < pattern.Value.GetInt32()) Say($"{files} files of {pattern.Name}, expected at least {pattern.Value}");
        }
    }

    private void CheckText()
    {
        if (Expect("text") is not { } texts) return;
        var lines = LogEvents(All);
        foreach (var text in texts.EnumerateArray())
        {
            var level = text.TryGetProperty("level", out var wanted) ? wanted.GetString() : null;
            var all = text.TryGetProperty("all_of", out var allOf) ? TextsOf(allOf).ToList() : [];
            var any = text.TryGetProperty("any_of", out var anyOf) ? TextsOf(anyOf).ToList() : [];
            var with = text.TryGetProperty("line_with", out var lineWith) ? TextsOf(lineWith).ToList() : [];
            // A level or a word that picks the line binds all words to one message of the log; without them they may stand anywhere.
            string[] places = level is null && with.Count == 0 ? [All] : lines;
            var found = Array.Exists(places, line =>
                (level is null || Contains(line, level))
                && with.TrueForAll(word => Contains(line, word))
                && all.TrueForAll(word => Contains(line, word))
                && (any.Count == 0 || any.Exists(word => Contains(line, word))));
            if (!found) Say($"no line as {text.GetRawText()}");
        }
    }

    private void CheckTimes()
    {
        var took = runs.Max(run => run.Took).TotalSeconds;
        if (Expect("min_seconds") is { } least && took < least.GetDouble()) Say($"it took {took:0.0} s, expected at least {least}");
        if (Expect("max_seconds") is { } most && took > most.GetDouble()) Say($"it took {took:0.0} s, expected at most {most}");
    }

    /// <summary>The files that the case names as output; without a name, all below <c>out</c>.</summary>
    private IEnumerable<string> OutputFiles() => Expect("output") is { } outputs
        ? outputs.EnumerateArray().SelectMany(output => place.Glob(output.GetProperty("glob").GetString()!))
        : place.Glob("out*/**/*");

    private JsonElement? Expect(string name) => job.Expect.TryGetProperty(name, out var value) ? value : null;

    private IEnumerable<string> Texts(string name) => Expect(name) is { } value ? TextsOf(value) : [];

    private static IEnumerable<string> TextsOf(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(one => one.GetString()!) : [value.GetString()!];

    private static int ExitCodeAfter(string end) => end is "REFUSED" or "FAILED" ? 1 : 0;

    /// <summary>Lines of the log, each with the indented ones that go on from it: the piece of the job that a message is about.</summary>
    private static string[] LogEvents(string text)
    {
        var events = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (events.Count > 0 && line.StartsWith("    ", StringComparison.Ordinal)) events[^1] += "\n" + line;
            else events.Add(line);
        }
        return [.. events];
    }

    private static IEnumerable<string> Lines(string file) => File.ReadLines(file).Where(line => line.Length > 0);

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private void Say(string wrong) => _wrong.Add(wrong);
}
