using System.Globalization;
using System.Text.Json;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Schema;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kinora.Server.Api;

/// <summary>
/// What came with a request, checked against the operation: query and body as arguments, pictures as scratch files that are gone when this is disposed of.
/// Nothing is read before its size is known to be allowed.
/// </summary>
internal sealed class ApiForm : IDisposable
{
    public const int MaxJsonBytes = 16 << 20;

    private const string Multipart = "multipart/form-data";
    private const int MostParts = 64;
    private const int MaxFieldBytes = 512 << 10;

    /// <summary>More than the importer takes: it is the one to refuse a picture, with its own words.</summary>
    private const long MaxFileBytes = References.ReferenceImporter.MaxBytes + 1;

    private readonly IAssetStore _assets;
    private readonly Lazy<JobId> _scratch;
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<ImageSource> _files = [];

    private ApiForm(IAssetStore assets, IRandomBytes random)
    {
        _assets = assets;
        _scratch = new Lazy<JobId>(() => JobId.New(random));
    }

    public GivenArguments Arguments { get; private set; } = GivenArguments.None;

    public IReadOnlyList<ImageSource> Files => _files;

    /// <exception cref="KinoraException"><c>invalid_request</c> with every fault, <c>body_too_large</c>, <c>body_unreadable</c>.</exception>
    public static async Task<ApiForm> ReadAsync(ApiOperation operation, HttpContext context, IAssetStore assets, IRandomBytes random)
    {
        var form = new ApiForm(assets, random);
        try
        {
            if (operation.Body is { } body)
            {
                await form.ReadBodyAsync(body, context);
            }

            form.Check(operation, context.Request.Query);
            return form;
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            form.Dispose();
            throw new KinoraException(ErrorCodes.StorageFull, "The disk of the data folder is full; nothing was sent. Make room and try again.", fault.Message, fault);
        }
        catch (Exception fault) when (fault is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            form.Dispose();
            throw Unreadable(fault);
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_files.Count > 0)
        {
            _assets.ClearWork(_scratch.Value);
        }
    }

    private void Check(ApiOperation operation, IQueryCollection query)
    {
        var parameters = operation.Body is { } body ? [.. operation.Query, .. body.Fields] : operation.Query;
        if (parameters.Count == 0 && query.Count == 0 && _fields.Count == 0)
        {
            return;
        }

        foreach (var (name, values) in query)
        {
            // Addresses are kept in logs and histories: no password or prompt is taken from one, nor does it change what the body says.
            var param = operation.Query.FirstOrDefault(p => p.Name == name) ?? throw KinoraException.Invalid([parameters.Any(p => p.Name == name)
                ? new Fault(name, $"{name} belongs in the body, not in the address.")
                : new Fault("query", operation.Query.Count == 0 ? "This address takes no parameters." : $"The parameters of this address are {string.Join(", ", operation.Query.Select(p => p.Name))}.")]);
            _fields[name] = FieldText.Read(param, values);
        }

        Arguments = GivenArguments.Read("This request", parameters, operation.Body?.OnlyOneOf ?? [], _fields);
        var given = operation.Body?.OnlyOneOf.Where(n => _fields.ContainsKey(n) || _files.Any(f => f.Field == n)).ToList();
        if (given is { Count: > 1 })
        {
            throw KinoraException.Invalid([new Fault(given[1], $"Give only one of {string.Join(", ", operation.Body!.OnlyOneOf)}; {given.Count} were given.")]);
        }
    }

    private async Task ReadBodyAsync(ApiBody body, HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw new KinoraException(ErrorCodes.BodyUnreadable, "Compressed bodies are not read. Send it as it is.");
        }

        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;
        var media = type?.MediaType.Value?.ToLowerInvariant();
        var limit = media == Multipart ? MaxJsonBytes + (body.Files.Sum(f => f.Most) * MaxFileBytes) : MaxJsonBytes;
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = limit;
        if (request.ContentLength == 0 || (request.ContentLength is null && !context.Features.Get<IHttpRequestBodyDetectionFeature>()!.CanHaveBody))
        {
            return;
        }

        switch (media)
        {
            case "application/json":
                await ReadJsonAsync(request);
                break;
            case "application/x-www-form-urlencoded" when body.Form:
                await ReadFormAsync(body, request);
                break;
            case Multipart when body.Form && HeaderUtilities.RemoveQuotes(type!.Boundary).Value is { Length: > 0 and <= 70 } boundary:
                await ReadPartsAsync(body, request, boundary);
                break;
            default:
                throw new KinoraException(
                    ErrorCodes.BodyUnreadable, body.Form ? "The body must be application/json, application/x-www-form-urlencoded or multipart/form-data with a boundary; Content-Type says which." : "The body must be JSON, with Content-Type: application/json.");
        }
    }

    private async Task ReadJsonAsync(HttpRequest request)
    {
        foreach (var field in (await JsonBody.ReadAsync(request)).EnumerateObject())
        {
            _fields[field.Name] = field.Value;
        }
    }

    private async Task ReadFormAsync(ApiBody body, HttpRequest request)
    {
        var reader = new FormPipeReader(request.BodyReader) { ValueCountLimit = MostParts, KeyLengthLimit = 200, ValueLengthLimit = MaxFieldBytes };
        foreach (var (name, values) in await reader.ReadFormAsync(request.HttpContext.RequestAborted))
        {
            _fields[name] = FieldText.Read(body.Fields.FirstOrDefault(p => p.Name == name), values);
        }
    }

    private async Task ReadPartsAsync(ApiBody body, HttpRequest request, string boundary)
    {
        var cancel = request.HttpContext.RequestAborted;
        var texts = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4 << 10, BodyLengthLimit = MaxFileBytes };
        for (var parts = 0; await reader.ReadNextSectionAsync(cancel) is { } part; parts++)
        {
            if (parts == MostParts)
            {
                throw Unreadable(null);
            }

            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 and <= 200 } name)
            {
                throw Unreadable(null);
            }

            if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
            {
                await SaveAsync(body, name, part.Body, cancel);
            }
            else
            {
                texts[name] = StringValues.Concat(texts.GetValueOrDefault(name), await ReadTextAsync(part.Body, cancel));
            }
        }

        foreach (var (name, values) in texts)
        {
            _fields[name] = FieldText.Read(body.Fields.FirstOrDefault(p => p.Name == name), values);
        }
    }

    /// <summary>The name a file has on its sender's machine is nobody's business here; what it is, its bytes will tell.</summary>
    private async Task SaveAsync(ApiBody body, string name, Stream content, CancellationToken cancel)
    {
        var slot = body.Files.FirstOrDefault(f => f.Name == name) ?? throw KinoraException.Invalid([new Fault(
            "files", $"No file is taken under this name. Files may be sent as {string.Join(", ", body.Files.Select(f => f.Name))}.")]);
        if (_files.Count(f => f.Field == name) == slot.Most)
        {
            throw KinoraException.Invalid([new Fault(name, slot.Most == 1 ? $"Send one file as {name}, not several." : $"Send at most {slot.Most} files as {name}.")]);
        }

        var path = Path.Combine(_assets.WorkFolder(_scratch.Value), string.Create(CultureInfo.InvariantCulture, $"upload-{_files.Count}"));
        _files.Add(new ImageSource.LocalFile(name, path));
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        try
        {
            await content.CopyToAsync(file, cancel);
        }
        catch (InvalidDataException)
        {
            throw TooLarge(MaxFileBytes - 1);
        }
    }

    private static async Task<string> ReadTextAsync(Stream content, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4 << 10];
        while (await content.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (text.Length + read > MaxFieldBytes)
            {
                throw TooLarge(MaxFieldBytes);
            }

            text.Write(buffer, 0, read);
        }

        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static KinoraException TooLarge(long limit) => new(
        ErrorCodes.BodyTooLarge, FormattableString.Invariant($"The body, or a field of it, is larger than the {limit:N0} bytes that are read here."));

    private static KinoraException Unreadable(Exception? fault) => new(
        ErrorCodes.InvalidRequest,
        FormattableString.Invariant($"The form could not be read: it is cut off, malformed, or has more than {MostParts} parts or fields, or a larger one than is read."),
        fault?.Message,
        fault);
}
