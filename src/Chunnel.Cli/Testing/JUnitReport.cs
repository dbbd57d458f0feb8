using System.Globalization;
using System.Text;
using System.Xml;

namespace Chunnel.Cli.Testing;

/// <summary>What build servers read: one suite, a case for each test.</summary>
internal static class JUnitReport
{
    public static async Task WriteAsync(string path, IReadOnlyList<TestOutcome> outcomes)
    {
        await using var stream = File.Create(path);
        await using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Async = true, Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false });
        await xml.WriteStartDocumentAsync();
        await xml.WriteStartElementAsync(null, "testsuites", null);
        await xml.WriteStartElementAsync(null, "testsuite", null);
        await Attribute(xml, "name", "chunnel test");
        await Attribute(xml, "tests", outcomes.Count.ToString(CultureInfo.InvariantCulture));
        await Attribute(xml, "failures", outcomes.Count(outcome => !outcome.Passed).ToString(CultureInfo.InvariantCulture));
        await Attribute(xml, "errors", "0");
        await Attribute(xml, "time", Seconds(TimeSpan.FromTicks(outcomes.Sum(outcome => outcome.Took.Ticks))));
        foreach (var outcome in outcomes)
        {
            await xml.WriteStartElementAsync(null, "testcase", null);
            await Attribute(xml, "name", Path.GetFileName(outcome.Path));
            await Attribute(xml, "classname", Path.GetDirectoryName(outcome.Path) is { Length: > 0 } folder ? folder : ".");
            await Attribute(xml, "file", outcome.Path);
            await Attribute(xml, "time", Seconds(outcome.Took));
            if (!outcome.Passed)
            {
                await xml.WriteStartElementAsync(null, "failure", null);
                await Attribute(xml, "message", Clean(outcome.Failures[0]));
                await xml.WriteStringAsync(Clean(string.Join('\n', outcome.Failures)));
                await xml.WriteEndElementAsync();
            }
            await xml.WriteEndElementAsync();
        }
        await xml.WriteEndElementAsync();
        await xml.WriteEndElementAsync();
        await xml.WriteEndDocumentAsync();
    }

    private static Task Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeStringAsync(null, name, null, value);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>XML has no way to write most control characters.</summary>
    private static string Clean(string text) => string.Concat(text.Select(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) ? letter : '\uFFFD'));
}
