using Kinora.Media;

namespace Kinora.References;

/// <summary>What to list of the reference folder.</summary>
public sealed record ReferenceQuery
{
    public const int MaxLimit = 100;

    /// <summary>
    /// On the relative name: <c>*</c> and <c>?</c> within one part, <c>**</c> across parts, <c>[a-z]</c>, <c>[!a-z]</c>; upper and lower case are alike. Null: all.
    /// </summary>
    public string? Pattern { get; init; }

    /// <summary>Null: all kinds.</summary>
    public PictureType? Type { get; init; }

    public ReferenceOrder SortBy { get; init; } = ReferenceOrder.Modified;

    public bool Descending { get; init; } = true;

    /// <summary>1 to 100.</summary>
    public int Limit { get; init; } = 50;

    /// <summary><see cref="ReferencePage.NextCursor"/> of the page before, with the same order.</summary>
    public string? Cursor { get; init; }
}

public enum ReferenceOrder
{
    Modified,
    Name,
    Size,
}

/// <param name="NextCursor">Null: there is no more.</param>
public sealed record ReferencePage(IReadOnlyList<ReferenceItem> Items, string? NextCursor);

/// <param name="Name">As it is asked for: relative, with <c>/</c>.</param>
/// <param name="Type">By its first bytes.</param>
public sealed record ReferenceItem(string Name, long Bytes, DateTimeOffset ModifiedAt, PictureType Type);
