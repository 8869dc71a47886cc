using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Kinora.Errors;
using Kinora.Folders;

namespace Kinora.References;

/// <summary>
/// A file's place in an order: by what is sorted, then by name. Also what a cursor holds, so that the next page goes on behind the same file, whatever
/// came or went meanwhile.
/// </summary>
internal sealed record ReferencePlace(ReferenceOrder Order, bool Descending, long Value, string Name) : IComparable<ReferencePlace>
{
    public static ReferencePlace Of(UserFileInfo file, ReferenceQuery query) => new(
        query.SortBy,
        query.Descending,
        query.SortBy switch
        {
            ReferenceOrder.Modified => file.ModifiedAt.UtcTicks,
            ReferenceOrder.Size => file.Bytes,
            _ => 0,
        },
        file.Name);

    /// <exception cref="KinoraException"><c>invalid_request</c>: no cursor of ours, or of a listing in another order.</exception>
    public static ReferencePlace? Parse(ReferenceQuery query)
    {
        if (query.Cursor is not { } cursor)
        {
            return null;
        }

        if (cursor.Length < 4096 && Base64Url.IsValid(cursor)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':', 4) is [var order, var direction, var number, var name]
            && order == query.SortBy.ToString() && direction == Direction(query.Descending)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return new ReferencePlace(query.SortBy, query.Descending, value, name);
        }

        throw KinoraException.Invalid([new Fault("after", "The cursor is not of this listing. Use the one of the page before, with the same order, or none.")]);
    }

    public string ToCursor() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Order}:{Direction(Descending)}:{Value}:{Name}")));

    public int CompareTo(ReferencePlace? other)
    {
        var order = other is null ? 1 : Value != other.Value ? Value.CompareTo(other.Value) : string.CompareOrdinal(Name, other.Name);
        return Descending ? -order : order;
    }

    private static string Direction(bool descending) => descending ? "desc" : "asc";
}
