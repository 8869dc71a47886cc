using System.Globalization;
using System.Text.RegularExpressions;
using Kinora.Errors;

namespace Kinora.Adapters.Sql;

/// <summary>The numbered scripts of one kind of database, embedded in this assembly, and what every kind refuses.</summary>
internal sealed partial class SqlScripts
{
    private SqlScripts(List<(int Number, string Sql)> all) => All = all;

    /// <summary>In the order they are run; never empty.</summary>
    public IReadOnlyList<(int Number, string Sql)> All { get; }

    public int Newest => All[^1].Number;

    /// <param name="kind">The folder below <c>Migrations</c>.</param>
    public static SqlScripts Of(string kind)
    {
        var assembly = typeof(SqlScripts).Assembly;
        var prefix = $"Kinora.Adapters.Sql.Migrations.{kind}.";
        var scripts = new List<(int, string)>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            scripts.Add((int.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture), reader.ReadToEnd()));
        }

        return new SqlScripts(scripts);
    }

    public void RefuseNewer(long version)
    {
        if (version > Newest)
        {
            throw new KinoraException(
                ErrorCodes.DatabaseUnusable,
                $"The database was written by a newer Kinora (schema {version}; this one knows {Newest}). It was not touched. Update Kinora.");
        }
    }

    /// <summary>Until the first release the first script grows under its number: a database from before would fail at the first table it lacks.</summary>
    /// <param name="mend">What to do about it, as a sentence.</param>
    public void RefuseUnreleased(IReadOnlySet<string> tablesThere, string mend)
    {
        if (All.SelectMany(s => Tables().Matches(s.Sql)).Any(table => !tablesThere.Contains(table.Groups[1].Value)))
        {
            throw new KinoraException(
                ErrorCodes.DatabaseUnusable,
                "The database was written by an earlier, unreleased Kinora, which no later one reads. It was not touched. " + mend);
        }
    }

    [GeneratedRegex(@"^CREATE TABLE (\w+)", RegexOptions.Multiline)]
    private static partial Regex Tables();
}
