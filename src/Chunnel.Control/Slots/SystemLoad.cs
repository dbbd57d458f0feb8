namespace Chunnel.Control;

/// <summary>How busy a worker was at one moment; both from 0 to 1.</summary>
public readonly record struct SystemLoad(double Cpu, double Memory)
{
    /// <summary>What is to spare, from 0 to 1.</summary>
    public double Availability => (0.5 * (1 - Cpu)) + (0.5 * (1 - Memory));
}
