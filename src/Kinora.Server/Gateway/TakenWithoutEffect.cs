using Kinora.Server.Schema;

namespace Kinora.Server.Gateway;

/// <summary>Fields that OpenAI's clients may send and that nothing here can do: taken, and told with the job.</summary>
internal static class TakenWithoutEffect
{
    /// <param name="within">Goes before each name: the object it is a field of, and a dot.</param>
    /// <param name="fields">Each with the value that says what is done anyway; null for none.</param>
    public static IEnumerable<string> Warnings(GivenArguments given, string within, params (string Name, string? Usual)[] fields) =>
        from field in fields
        where given.Has(field.Name) && given.AsText(field.Name) != field.Usual
        select $"{within}{field.Name}: taken, and without effect here.";
}
