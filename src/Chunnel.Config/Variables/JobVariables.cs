using Chunnel.Core;

namespace Chunnel.Config.Variables;

/// <summary>What <c>-i name=value</c> gave (spec config.md 3.1).</summary>
public sealed class JobVariables
{
    public static readonly JobVariables None = new(new Dictionary<string, VariableValue>());

    private readonly IReadOnlyDictionary<string, VariableValue> _values;

    private JobVariables(IReadOnlyDictionary<string, VariableValue> values) => _values = values;

    public IReadOnlyCollection<string> Names => [.. _values.Keys];

    public VariableValue? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>
    /// Each argument holds one <c>name=value</c> or several with commas between them; the first <c>=</c> divides, a later value wins.
    /// </summary>
    /// <exception cref="ProblemsException">An item without a name or <c>=</c>; a name that is reserved for the placeholders of sinks.</exception>
    public static JobVariables FromArguments(IEnumerable<string> arguments)
    {
        var values = new Dictionary<string, VariableValue>();
        var problems = new List<Problem>();
        foreach (var (argument, number) in arguments.Select((argument, index) => (argument, index + 1)))
        {
            string? before = null;
            foreach (var item in VariableSplitter.Split(argument).Where(item => item.Length > 0))
            {
                var equals = item.IndexOf('=', StringComparison.Ordinal);
                var name = equals < 0 ? "" : item[..equals].Trim();
                if (name.Length == 0) problems.Add(NoValue(number, before));
                else if (ReservedNames.Contains(name)) problems.Add(Reserved(name));
                else values[name] = VariableSplitter.Unquoted(item[(equals + 1)..].Trim());
                before = name.Length == 0 ? before : name;
            }
        }
        return problems.Count == 0 ? new JobVariables(values) : throw new ProblemsException(problems);
    }

    /// <summary>SeaTunnel leaves such an item out and the job runs with half a value. The item itself is not shown: it may be the end of a password.</summary>
    private static Problem NoValue(int argument, string? before) => before is null
        ? new(CommonErrors.ConfigValidateFailed, $"Variable {argument} (-i) is not of the form name=value.") { Mend = "Write -i name=value." }
        : new(CommonErrors.ConfigValidateFailed, $"Variable {argument} (-i): what follows a comma behind '{before}' is not of the form name=value.")
        {
            Mend = $"If the comma belongs to the value, put the value into double quotes: -i '{before}=\"...,...\"'.",
        };

    private static Problem Reserved(string name) =>
        new(CommonErrors.ConfigValidateFailed, $"System placeholders cannot be used. Incorrect config parameter: {name}")
        {
            Mend = "Sinks fill this placeholder for each table. Choose another name for your variable.",
        };
}
