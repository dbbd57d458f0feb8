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
    /// Each argument holds one <c>name=value</c> or several with commas between them; the first <c>=</c> divides, items without
    /// one are ignored, a later value wins.
    /// </summary>
    /// <exception cref="ProblemsException">A name that is reserved for the placeholders of sinks.</exception>
    public static JobVariables FromArguments(IEnumerable<string> arguments)
    {
        var values = new Dictionary<string, VariableValue>();
        var problems = new List<Problem>();
        foreach (var item in arguments.SelectMany(VariableSplitter.Split))
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) continue;
            var name = item[..equals].Trim();
            if (ReservedNames.Contains(name)) problems.Add(Reserved(name));
            else values[name] = VariableSplitter.Unquoted(item[(equals + 1)..].Trim());
        }
        return problems.Count == 0 ? new JobVariables(values) : throw new ProblemsException(problems);
    }

    private static Problem Reserved(string name) =>
        new(CommonErrors.ConfigValidateFailed, $"System placeholders cannot be used. Incorrect config parameter: {name}")
        {
            Mend = "Sinks fill this placeholder for each table. Choose another name for your variable.",
        };
}
