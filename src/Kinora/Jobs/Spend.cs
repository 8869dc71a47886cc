using Kinora.Generation;

namespace Kinora.Jobs;

/// <summary>What jobs have cost, deleted ones too. US dollars.</summary>
/// <param name="SettledUsd">Of jobs at their end: as charged, else as estimated when they were completed.</param>
/// <param name="ReservedUsd">Of jobs that are open, or of which nobody knows whether they were paid: as estimated.</param>
/// <param name="Completed">How many were completed.</param>
public sealed record Spend(decimal SettledUsd, decimal ReservedUsd, int Completed);

/// <summary>What one model's jobs of a UTC day have cost.</summary>
public sealed record DaySpend(DateOnly Day, MediaKind Kind, string Model, Spend Spend);
