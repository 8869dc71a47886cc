using Kinora.Generation;

namespace Kinora.Uploads;

/// <summary>A picture that somebody uploaded once, to be named in any number of requests.</summary>
public sealed record UploadedFile
{
    public required FileId Id { get; init; }

    /// <summary>User id.</summary>
    public required string Owner { get; init; }

    /// <summary>As <see cref="UploadedName.Of"/> leaves it. For people: it is no part of any path here.</summary>
    public required string FileName { get; init; }

    /// <summary>One of <see cref="UploadRules.Purposes"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Of the upload as it came; what is kept is another, cleaned file.</summary>
    public required long Bytes { get; init; }

    public required InputImage Picture { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <param name="Path">Of the cleaned picture, on local disk; to be read only.</param>
public sealed record UploadContent(UploadedFile File, string Path);
