using System.Globalization;
using System.Text;

namespace Chunnel.Bench;

/// <summary>The page of one bench: what was measured, on what, with which yardsticks, and what it had to reach.</summary>
internal sealed class ResultPage(string name, string what)
{
    /// <summary>What stands above the targets.</summary>
    public const string TargetsHead = "| Must reach | Found | Reached |";

    private readonly StringBuilder _text = new();
    private readonly List<Target> _targets = [];

    public string Name => name;

    /// <summary>Why what was missed was missed, and what to try next.</summary>
    public string WhenMissed { get; init; } = "";

    public void Head(params string[] columns)
    {
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    public void Row(params string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    public void Say(FormattableString line) => _text.Append('\n').Append(line.ToString(CultureInfo.InvariantCulture)).Append("\n\n");

    public void Must(string must, FormattableString found, bool reached) => _targets.Add(new Target(name, must, found.ToString(CultureInfo.InvariantCulture), reached));

    /// <summary>Prints the page and writes it as <c>NAME.md</c>.</summary>
    public void Write(string folder, TimeProvider clock)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {name}\n\n{what}\n\n{clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Machine.Description}, load {Machine.Load}. Figures: median (least to most).\n\n");
        page.Append(_text);
        if (_targets.Count > 0)
        {
            page.Append('\n').Append(TargetsHead).Append("\n| --- | --- | --- |\n");
            foreach (var target in _targets) page.Append(CultureInfo.InvariantCulture, $"| {target.Must} | {target.Found} | {(target.Reached ? "yes" : "**no**")} |\n");
        }
        if (WhenMissed.Length > 0 && _targets.Exists(target => !target.Reached)) page.Append('\n').Append(WhenMissed).Append('\n');
        File.WriteAllText(Path.Combine(folder, $"{name}.md"), page.ToString());
        Console.WriteLine(page);
    }
}
