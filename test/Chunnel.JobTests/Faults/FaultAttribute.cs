namespace Chunnel.JobTests;

/// <summary>A line of docs/faults.md: what the test breaks, when, and what must come of it. The page is made of these, so that it has no line without its test.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class FaultAttribute(string what, string when, string comesOfIt = FaultMatrix.Exactly) : Attribute
{
    public string What => what;

    public string When => when;

    public string ComesOfIt => comesOfIt;
}
