namespace Chunnel.Control;

/// <summary>An order that an earlier master accepted and did not live to carry out.</summary>
public enum DueOrder
{
    Cancel,
    Savepoint,
}
