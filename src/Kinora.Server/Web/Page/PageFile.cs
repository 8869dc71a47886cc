namespace Kinora.Server.Web.Page;

/// <summary>One file of the page, in the forms it can be sent in.</summary>
/// <param name="Path">As in the address, without the leading slash.</param>
/// <param name="ETag">Over the content, quoted.</param>
/// <param name="IsForEver">Its name changes with its content.</param>
/// <param name="Forms">Names of the resources by content coding; <c>identity</c> is always there.</param>
internal sealed record PageFile(string Path, string ContentType, string ETag, bool IsForEver, IReadOnlyDictionary<string, string> Forms);
