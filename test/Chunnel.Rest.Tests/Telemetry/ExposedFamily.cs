namespace Chunnel.Rest.Tests;

/// <summary>A family as it was read.</summary>
internal sealed class ExposedFamily(string name)
{
    public string Name { get; } = name;

    public string? Type { get; set; }

    public string? Help { get; set; }

    public List<ExposedSample> Samples { get; } = [];

    /// <summary>The names of its samples with their labels' names, without their values.</summary>
    public IEnumerable<string> Series => Samples.Select(sample => $"{sample.Name}({string.Join(",", sample.Labels.Select(label => label.Name))})").Distinct();
}

/// <summary>A sample as it was read.</summary>
internal sealed record ExposedSample(string Name, IReadOnlyList<(string Name, string Value)> Labels, double Value, string Text)
{
    public string? this[string label] => Labels.FirstOrDefault(candidate => candidate.Name == label).Value;
}
