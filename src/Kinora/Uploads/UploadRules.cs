using Kinora.Errors;

namespace Kinora.Uploads;

/// <summary>What an upload may be.</summary>
public static class UploadRules
{
    /// <summary>
    /// Those of OpenAI's Files API that mean a file to be looked at (https://github.com/openai/openai-openapi, FilePurpose, spec 2.3.0). Its others are for things
    /// that are not made here.
    /// </summary>
    public static IReadOnlyList<string> Purposes { get; } = ["vision", "user_data"];

    internal static Fault? CheckPurpose(string? purpose) =>
        purpose is not null && Purposes.Contains(purpose) ? null : new Fault("purpose", $"The purpose is one of {string.Join(", ", Purposes)}.");
}
