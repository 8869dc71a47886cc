using Kinora.Errors;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kinora.Server.Api;

/// <summary>Forms as they come: texts under their names, files into scratch files. What the names mean is not asked here.</summary>
internal static class FormParts
{
    private const int MostParts = 64;
    private const int LongestName = 200;
    private const int BufferBytes = 64 << 10;

    public static async Task<IReadOnlyDictionary<string, StringValues>> ReadUrlEncodedAsync(ApiBody body, HttpRequest request)
    {
        var reader = new FormPipeReader(request.BodyReader) { ValueCountLimit = MostParts, KeyLengthLimit = LongestName, ValueLengthLimit = body.MaxFieldBytes };
        return await reader.ReadFormAsync(request.HttpContext.RequestAborted);
    }

    public static async Task<IReadOnlyDictionary<string, StringValues>> ReadMultipartAsync(ApiBody body, HttpRequest request, string boundary, ScratchFiles scratch)
    {
        var cancel = request.HttpContext.RequestAborted;
        var texts = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var largest = body.Files.Select(f => f.MaxBytes).Append(body.MaxFieldBytes).Max();
        // Larger than any limit below: those say what is too large.
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4 << 10, BodyLengthLimit = largest + BufferBytes };
        for (var parts = 0; await reader.ReadNextSectionAsync(cancel) is { } part; parts++)
        {
            if (parts == MostParts)
            {
                throw Unreadable(null);
            }

            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 and <= LongestName } name)
            {
                throw Unreadable(null);
            }

            if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
            {
                await SaveAsync(body, name, FileName(disposition), part.Body, scratch, cancel);
            }
            else
            {
                texts[name] = StringValues.Concat(texts.GetValueOrDefault(name), await ReadTextAsync(part.Body, body.MaxFieldBytes, cancel));
            }
        }

        return texts;
    }

    public static KinoraException TooLarge(long limit) => new(
        ErrorCodes.BodyTooLarge, FormattableString.Invariant($"The body, or a field of it, is larger than the {limit:N0} bytes that are read here."));

    public static KinoraException Unreadable(Exception? fault) => new(
        ErrorCodes.InvalidRequest,
        FormattableString.Invariant($"The form could not be read: it is cut off, malformed, or has more than {MostParts} parts or fields, or a larger one than is read."),
        fault?.Message,
        fault);

    private static async Task SaveAsync(ApiBody body, string part, string name, Stream content, ScratchFiles scratch, CancellationToken cancel)
    {
        // Lists of files are written image[] by some clients, and as often without the brackets.
        var field = part.EndsWith("[]", StringComparison.Ordinal) ? part[..^2] : part;
        var slot = body.Files.FirstOrDefault(f => f.Name == field) ?? throw KinoraException.Invalid([new Fault(
            "files", body.Files.Count == 0 ? "No file is taken here." : $"No file is taken under this name. Files may be sent as {string.Join(", ", body.Files.Select(f => f.Name))}.")
        {
            Kind = FaultKind.Unknown,
            Unknown = field,
        }]);
        if (scratch.Files.Count(f => f.Field == field) == slot.Most)
        {
            throw KinoraException.Invalid([new Fault(field, slot.Most == 1 ? $"Send one file as {field}, not several." : $"Send at most {slot.Most} files as {field}.")]);
        }

        await using var file = new FileStream(scratch.Add(field, name).Path, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[BufferBytes];
        for (long written = 0; await content.ReadAsync(buffer, cancel) is > 0 and var read;)
        {
            if ((written += read) > slot.MaxBytes)
            {
                throw TooLarge(slot.MaxBytes - 1);
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
    }

    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    private static async Task<string> ReadTextAsync(Stream content, int limit, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await content.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (text.Length + read > limit)
            {
                throw TooLarge(limit);
            }

            text.Write(buffer, 0, read);
        }

        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
